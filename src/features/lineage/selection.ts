import { Kind, type FragmentDefinitionNode, type GraphQLResolveInfo, type SelectionSetNode } from 'graphql';

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>;

/** Whether a query asks for that field below the one that is resolved: `asksFor(info, ['nodes', 'degree'])`. */
export function asksFor({ fieldNodes, fragments }: GraphQLResolveInfo, path: readonly string[]): boolean {
  return fieldNodes.some(({ selectionSet }) => selects(selectionSet, path, fragments));
}

function selects(set: SelectionSetNode | undefined, path: readonly string[], fragments: Fragments): boolean {
  const [name, ...rest] = path;
  if (name === undefined) return true;
  return (set?.selections ?? []).some((selection) => {
    if (selection.kind === Kind.FIELD) {
      return selection.name.value === name && selects(selection.selectionSet, rest, fragments);
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
    return selects(fragment?.selectionSet, path, fragments);
  });
}
