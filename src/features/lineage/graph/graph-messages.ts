import type {
  BetweenAnswer,
  BetweenQuestion,
  ImpactAnswer,
  ImpactQuestion,
  WalkAnswer,
  WalkQuestion,
} from './questions.js';

/** Given to the thread of the graph when it starts. */
export interface GraphThreadOptions {
  readonly url: string;
  readonly applicationName: string;
  /** For the arrays of all graphs that it holds at a time. */
  readonly budgetBytes: number;
}

/** What can be asked, and what is answered. */
export interface GraphQuestions {
  readonly walk: { readonly question: WalkQuestion; readonly answer: WalkAnswer };
  readonly between: { readonly question: BetweenQuestion; readonly answer: BetweenAnswer };
  readonly impact: { readonly question: ImpactQuestion; readonly answer: ImpactAnswer };
}
export type GraphAsk = {
  [Kind in keyof GraphQuestions]: { readonly kind: Kind; readonly question: GraphQuestions[Kind]['question'] };
}[keyof GraphQuestions];
export type GraphAnswer = GraphQuestions[keyof GraphQuestions]['answer'];

/** Why the graph does not answer: it is being read, is larger than allowed, or the database does not answer. */
export type GraphAway = 'COLD' | 'OVER_BUDGET' | 'DATABASE';

export interface GraphState {
  /** Null while it answers. */
  readonly away: GraphAway | null;
  readonly assets: number;
  readonly edges: number;
  /** Half edges that changed since it was read. */
  readonly changes: number;
  readonly bytes: number;
}

export type ToGraph = { readonly type: 'ASK'; readonly id: number; readonly ask: GraphAsk } | { readonly type: 'STOP' };

export type FromGraph =
  | { readonly type: 'ANSWER'; readonly id: number; readonly answer: GraphAnswer }
  | { readonly type: 'AWAY'; readonly id: number; readonly away: GraphAway }
  | { readonly type: 'STATE'; readonly state: GraphState }
  | { readonly type: 'REBUILT'; readonly seconds: number }
  | { readonly type: 'REBUILD_FAILED'; readonly reason: string; readonly isTooLarge: boolean };
