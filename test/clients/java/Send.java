import io.openlineage.client.Clients;
import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.InputField;
import io.openlineage.client.OpenLineageClient;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Sends what a scheduler would say about a small shop: the same as python/send.py. Transport, compression and token come from
 * the environment. Ids and times are always the same, so that a second run sends the same bytes again.
 */
public final class Send {
  private static final String REVENUE =
      "INSERT INTO revenue SELECT c.id AS customer_id, sha256(c.email) AS email_hash, sum(o.amount) AS revenue"
          + " FROM orders o JOIN customers c ON o.customer_id = c.id WHERE o.status = 'paid' GROUP BY c.id, c.email";
  private static final String RECENT =
      "INSERT INTO recent (order_id, status, large)"
          + " SELECT order_id, upper(status), CASE WHEN amount > 100 THEN order_id ELSE 0 END"
          + " FROM orders WHERE ordered_at > date '2026-01-01'";
  private static final Map<String, List<String>> COLUMNS =
      Map.of(
          "orders", List.of("order_id", "customer_id", "status", "amount", "ordered_at"),
          "customers", List.of("id", "email"),
          "revenue", List.of("customer_id", "email_hash", "revenue"),
          "recent", List.of("order_id", "status", "large"),
          "orders_copy", List.of("order_id", "amount"),
          "big_spenders", List.of("customer_id"));

  private final OpenLineage ol = new OpenLineage(URI.create("https://shop.example/scheduler"));
  private final OpenLineageClient client = Clients.newClient();
  private final String namespace;
  private final String store;
  private int refused = 0;

  private Send(String namespace) {
    this.namespace = namespace;
    this.store = "postgres://" + namespace + ":5432";
  }

  public static void main(String[] args) throws Exception {
    Send send = new Send(args[0]);
    send.all();
    send.client.close();
    System.exit(send.refused > 0 ? 3 : 0);
  }

  private void all() {
    run("revenue", OpenLineage.RunEvent.EventType.START, 0, REVENUE, List.of(read("orders"), read("customers")), List.of());
    run("revenue", OpenLineage.RunEvent.EventType.COMPLETE, 5, null, List.of(), List.of(written("revenue", revenueColumns())));
    run("recent", OpenLineage.RunEvent.EventType.START, 6, null, List.of(), List.of());
    run("recent", OpenLineage.RunEvent.EventType.COMPLETE, 7, RECENT, List.of(read("orders")), List.of(written("recent", null)));
    run("refund", OpenLineage.RunEvent.EventType.START, 8, null, List.of(), List.of());
    run("refund", OpenLineage.RunEvent.EventType.FAIL, 9, null, List.of(), List.of());
    emit(() -> client.emit(copy()));
    emit(() -> client.emit(view()));
  }

  private void emit(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException error) { // A scheduler goes on when lineage cannot be sent.
      refused++;
      System.out.println("emit raised " + error.getClass().getSimpleName() + ": " + error.getMessage());
    }
  }

  private void run(
      String job,
      OpenLineage.RunEvent.EventType type,
      int minute,
      String sql,
      List<OpenLineage.InputDataset> inputs,
      List<OpenLineage.OutputDataset> outputs) {
    OpenLineage.RunFacetsBuilder runFacets = ol.newRunFacetsBuilder();
    if (type == OpenLineage.RunEvent.EventType.FAIL) {
      runFacets.errorMessage(ol.newErrorMessageRunFacet("disk full", "java", null));
    }
    OpenLineage.JobFacetsBuilder jobFacets = ol.newJobFacetsBuilder();
    if (sql != null) jobFacets.sql(ol.newSQLJobFacetBuilder().query(sql).dialect("postgres").build());
    UUID runId = UUID.nameUUIDFromBytes((job + "." + namespace).getBytes(StandardCharsets.UTF_8));
    OpenLineage.RunEvent event =
        ol.newRunEventBuilder()
            .eventType(type)
            .eventTime(at(minute))
            .run(ol.newRun(runId, runFacets.build()))
            .job(ol.newJob(namespace, job, jobFacets.build()))
            .inputs(inputs)
            .outputs(outputs)
            .build();
    emit(() -> client.emit(event));
  }

  private OpenLineage.JobEvent copy() {
    OpenLineage.LineageDatasetInput whole =
        ol.newLineageDatasetInputBuilder()
            .namespace(store)
            .name(nameOf("orders"))
            .type(OpenLineage.LineageDatasetInput.Type.DATASET)
            .build();
    OpenLineage.LineageDatasetInput orderId =
        ol.newLineageDatasetInputBuilder()
            .namespace(store)
            .name(nameOf("orders"))
            .type(OpenLineage.LineageDatasetInput.Type.DATASET)
            .field("order_id")
            .transformations(
                List.of(
                    ol.newLineageTransformationBuilder()
                        .type("DIRECT")
                        .subtype("IDENTITY")
                        .build()))
            .build();
    OpenLineage.LineageDatasetEntryFields fields =
        ol.newLineageDatasetEntryFieldsBuilder().put("order_id", ol.newLineageFieldEntry(List.of(orderId))).build();
    OpenLineage.LineageDatasetEntry entry =
        ol.newLineageDatasetEntryBuilder()
            .namespace(store)
            .name(nameOf("orders_copy"))
            .type(OpenLineage.LineageDatasetEntry.Type.DATASET)
            .inputs(List.of(whole))
            .fields(fields)
            .build();
    OpenLineage.JobFacets facets = ol.newJobFacetsBuilder().lineage(ol.newLineageJobFacet(List.of(entry))).build();
    return ol.newJobEventBuilder()
        .eventTime(at(10))
        .job(ol.newJob(namespace, "nightly_copy", facets))
        .inputs(List.of(read("orders"), read("customers")))
        .outputs(List.of(written("orders_copy", null)))
        .build();
  }

  private OpenLineage.DatasetEvent view() {
    OpenLineage.LineageDatasetInput whole =
        ol.newLineageDatasetInputBuilder()
            .namespace(store)
            .name(nameOf("revenue"))
            .type(OpenLineage.LineageDatasetInput.Type.DATASET)
            .build();
    OpenLineage.DatasetFacets facets =
        schema("big_spenders").lineage(ol.newLineageDatasetFacetBuilder().inputs(List.of(whole)).build()).build();
    return ol.newDatasetEventBuilder()
        .eventTime(at(11))
        .dataset(ol.newStaticDataset(store, nameOf("big_spenders"), facets))
        .build();
  }

  private OpenLineage.ColumnLineageDatasetFacet revenueColumns() {
    OpenLineage.ColumnLineageDatasetFacetFields fields =
        ol.newColumnLineageDatasetFacetFieldsBuilder()
            .put("customer_id", from(source("customers", "id", "DIRECT", "IDENTITY", false)))
            .put("email_hash", from(source("customers", "email", "DIRECT", "TRANSFORMATION", true)))
            .put("revenue", from(source("orders", "amount", "DIRECT", "AGGREGATION", false)))
            .build();
    return ol.newColumnLineageDatasetFacetBuilder()
        .fields(fields)
        .dataset(
            List.of(
                source("orders", "customer_id", "INDIRECT", "JOIN", false),
                source("customers", "id", "INDIRECT", "JOIN", false),
                source("customers", "id", "INDIRECT", "GROUP_BY", false),
                source("customers", "email", "INDIRECT", "GROUP_BY", false),
                source("orders", "status", "INDIRECT", "FILTER", false)))
        .build();
  }

  private OpenLineage.ColumnLineageDatasetFacetFieldsAdditional from(InputField... sources) {
    return ol.newColumnLineageDatasetFacetFieldsAdditionalBuilder().inputFields(Arrays.asList(sources)).build();
  }

  private InputField source(String table, String column, String type, String subtype, boolean masking) {
    return ol.newInputFieldBuilder()
        .namespace(store)
        .name(nameOf(table))
        .field(column)
        .transformations(
            List.of(ol.newInputFieldTransformationsBuilder().type(type).subtype(subtype).masking(masking).build()))
        .build();
  }

  private OpenLineage.InputDataset read(String table) {
    return ol.newInputDatasetBuilder().namespace(store).name(nameOf(table)).facets(schema(table).build()).build();
  }

  private OpenLineage.OutputDataset written(String table, OpenLineage.ColumnLineageDatasetFacet columns) {
    OpenLineage.DatasetFacets facets = schema(table).columnLineage(columns).build();
    return ol.newOutputDatasetBuilder().namespace(store).name(nameOf(table)).facets(facets).build();
  }

  private OpenLineage.DatasetFacetsBuilder schema(String table) {
    List<OpenLineage.SchemaDatasetFacetFields> fields =
        COLUMNS.get(table).stream()
            .map(name -> ol.newSchemaDatasetFacetFieldsBuilder().name(name).type("text").build())
            .collect(Collectors.toList());
    return ol.newDatasetFacetsBuilder().schema(ol.newSchemaDatasetFacetBuilder().fields(fields).build());
  }

  private static String nameOf(String table) {
    return "shop.public." + table;
  }

  private static ZonedDateTime at(int minute) {
    return ZonedDateTime.of(2026, 3, 1, 10, minute, 0, 123_456_000, ZoneOffset.UTC);
  }
}
