/** A run that no event ended and of which nothing was heard for so long is lost. */
const LOST_AFTER_MS = 24 * 60 * 60 * 1000;

/**
 * Asked when it is read, so that nothing is written and a late event sets it right: a lost run keeps its state, and nobody
 * invents an end. Streams and services may be silent for as long as they like (JobTypeJobFacet 2-0-4).
 */
export function isLost(
  run: { readonly state: string; readonly lastEventAt: Date },
  processingType: string | null,
  now: Date,
): boolean {
  const isOpen = run.state === 'RUNNING' || run.state === 'PENDING';
  const isEndless = ['STREAMING', 'SERVICE'].includes(processingType?.toUpperCase() ?? '');
  return isOpen && !isEndless && now.getTime() - run.lastEventAt.getTime() > LOST_AFTER_MS;
}
