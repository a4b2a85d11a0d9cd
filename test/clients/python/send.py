"""Sends what a scheduler would say about a small shop. Transport, compression and token come from the environment.

The ids and times are always the same, so that a second run sends the same bytes again.
"""

import sys
import uuid

from openlineage.client import OpenLineageClient
from openlineage.client import event_v2 as ol
from openlineage.client import facet_v2 as facets

namespace = sys.argv[1]
store = f"postgres://{namespace}:5432"

REVENUE = """
    INSERT INTO revenue
    SELECT c.id AS customer_id, sha256(c.email) AS email_hash, sum(o.amount) AS revenue
    FROM orders o JOIN customers c ON o.customer_id = c.id
    WHERE o.status = 'paid'
    GROUP BY c.id, c.email
"""
RECENT = """
    INSERT INTO recent (order_id, status, large)
    SELECT order_id, upper(status), CASE WHEN amount > 100 THEN order_id ELSE 0 END
    FROM orders
    WHERE ordered_at > date '2026-01-01'
"""

COLUMNS = {
    "orders": ["order_id", "customer_id", "status", "amount", "ordered_at"],
    "customers": ["id", "email"],
    "revenue": ["customer_id", "email_hash", "revenue"],
    "recent": ["order_id", "status", "large"],
    "orders_copy": ["order_id", "amount"],
    "big_spenders": ["customer_id"],
}


def schema(table):
    fields = [facets.schema_dataset.SchemaDatasetFacetFields(name=name, type="text") for name in COLUMNS[table]]
    return {"schema": facets.schema_dataset.SchemaDatasetFacet(fields=fields)}


def name_of(table):
    return f"shop.public.{table}"


def read(table):
    return ol.InputDataset(store, name_of(table), facets=schema(table))


def written(table, **more):
    return ol.OutputDataset(store, name_of(table), facets={**schema(table), **more})


def source(table, column, kind, subtype, masking=False):
    how = facets.column_lineage_dataset.Transformation(type=kind, subtype=subtype, masking=masking)
    return facets.column_lineage_dataset.InputField(store, name_of(table), column, transformations=[how])


def revenue_columns():
    field = facets.column_lineage_dataset.Fields
    return facets.column_lineage_dataset.ColumnLineageDatasetFacet(
        fields={
            "customer_id": field([source("customers", "id", "DIRECT", "IDENTITY")]),
            "email_hash": field([source("customers", "email", "DIRECT", "TRANSFORMATION", masking=True)]),
            "revenue": field([source("orders", "amount", "DIRECT", "AGGREGATION")]),
        },
        dataset=[
            source("orders", "customer_id", "INDIRECT", "JOIN"),
            source("customers", "id", "INDIRECT", "JOIN"),
            source("customers", "id", "INDIRECT", "GROUP_BY"),
            source("customers", "email", "INDIRECT", "GROUP_BY"),
            source("orders", "status", "INDIRECT", "FILTER"),
        ],
    )


def run_of(job, **more):
    return ol.Run(str(uuid.uuid5(uuid.NAMESPACE_DNS, f"{job}.{namespace}")), facets=more)


def event(job, state, minute, *, inputs=(), outputs=(), run_facets=None, sql=None):
    job_facets = {} if sql is None else {"sql": facets.sql_job.SQLJobFacet(query=sql, dialect="postgres")}
    return ol.RunEvent(
        eventType=state,
        eventTime=f"2026-03-01T10:{minute:02}:00.123456+00:00",
        run=run_of(job, **(run_facets or {})),
        job=ol.Job(namespace, job, facets=job_facets),
        inputs=list(inputs),
        outputs=list(outputs),
        producer="https://shop.example/scheduler",
    )


def lineage_of_the_copy():
    lineage = facets.lineage
    field = lineage.LineageFieldEntry(
        inputs=[
            lineage.LineageDatasetInput(
                store,
                name_of("orders"),
                "DATASET",
                field="order_id",
                transformations=[lineage.LineageTransformation(type="DIRECT", subtype="IDENTITY")],
            )
        ]
    )
    whole = lineage.LineageDatasetInput(store, name_of("orders"), "DATASET")
    entry = lineage.LineageDatasetEntry(
        store, name_of("orders_copy"), "DATASET", inputs=[whole], fields={"order_id": field}
    )
    return lineage.LineageJobFacet(entries=[entry])


def lineage_of_the_view():
    lineage = facets.lineage
    whole = lineage.LineageDatasetInput(store, name_of("revenue"), "DATASET")
    return lineage.LineageDatasetFacet(inputs=[whole])


def events():
    start, complete, fail = ol.RunState.START, ol.RunState.COMPLETE, ol.RunState.FAIL
    # Cumulative: what goes in is said at the start, what comes out at the end.
    yield event("revenue", start, 0, inputs=[read("orders"), read("customers")], sql=REVENUE)
    yield event("revenue", complete, 5, outputs=[written("revenue", columnLineage=revenue_columns())])
    # Says nothing about columns; its SQL does.
    yield event("recent", start, 6)
    yield event("recent", complete, 7, inputs=[read("orders")], outputs=[written("recent")], sql=RECENT)
    reason = facets.error_message_run.ErrorMessageRunFacet("disk full", "python")
    yield event("refund", start, 8)
    yield event("refund", fail, 9, run_facets={"errorMessage": reason})
    yield ol.JobEvent(
        eventTime="2026-03-01T10:10:00+00:00",
        job=ol.Job(namespace, "nightly_copy", facets={"lineage": lineage_of_the_copy()}),
        inputs=[read("orders"), read("customers")],
        outputs=[written("orders_copy")],
        producer="https://shop.example/scheduler",
    )
    yield ol.DatasetEvent(
        eventTime="2026-03-01T10:11:00+00:00",
        dataset=ol.StaticDataset(
            store, name_of("big_spenders"), facets={**schema("big_spenders"), "lineage": lineage_of_the_view()}
        ),
        producer="https://shop.example/scheduler",
    )


client = OpenLineageClient()
refused = 0
for each in events():
    try:
        client.emit(each)
    except Exception as error:  # A scheduler goes on when lineage cannot be sent.
        refused += 1
        print(f"emit raised {type(error).__name__}: {error}")
client.close(timeout=60)
stats = getattr(client.transport, "get_stats", lambda: None)()
if stats:
    print(f"stats {stats}")
sys.exit(3 if refused else 0)
