import { report, timed } from './service.mjs';

export async function run({ catalog }) {
  const { service, client } = await catalog();
  const { rows } = await client.query(
    `SELECT a.id FROM asset a WHERE kind = 'DATASET' AND NOT is_placeholder ORDER BY md5(a.name) LIMIT 200`,
  );
  for (const depth of [3, 5]) {
    const ours = await timed(rows, ({ id }) =>
      service.graphql(
        `query($ref: String!, $n: Int!) { lineage(ref: $ref, direction: DOWNSTREAM, maxHops: $n, maxNodes: 1000) { nodes { distance asset { id name } } truncated } }`,
        { ref: id, n: depth },
      ),
    );
    const baseline = await timed(rows, ({ id }) => client.query(RECURSIVE_CTE, [id, depth]));
    report(`lineage depth ${depth}, over HTTP with policy and names`, ours, 'recursive CTE, ids only', baseline);
  }
}

const RECURSIVE_CTE = `WITH RECURSIVE walk(id, depth) AS (
    SELECT $1::uuid, 0
    UNION
    SELECT o.asset_id, w.depth + 1 FROM walk w
    JOIN lineage_edge i ON i.asset_id = w.id AND i.direction = 'I'
    JOIN lineage_edge o ON o.port = i.port AND o.direction = 'O'
    WHERE w.depth < $2)
  SELECT id, min(depth) FROM walk GROUP BY id LIMIT 1000`;
