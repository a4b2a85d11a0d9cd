"""Reads and writes as a Spark user would: tables by SQL, files by data frames, and one job that fails."""

import os
import sys

from pyspark.sql import SparkSession
from pyspark.sql import functions as f

folder, agent, namespace = sys.argv[1:4]
more = dict(setting.split("=", 1) for setting in sys.argv[4:])

builder = (
    SparkSession.builder.master("local[1]")
    .appName("shop")
    .config("spark.jars", agent)
    .config("spark.ui.enabled", "false")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.driver.bindAddress", "127.0.0.1")
    .config("spark.sql.shuffle.partitions", "1")
    .config("spark.sql.warehouse.dir", f"{folder}/warehouse")
    .config("spark.extraListeners", "io.openlineage.spark.agent.OpenLineageSparkListener")
    .config("spark.openlineage.transport.type", "http")
    .config("spark.openlineage.transport.url", os.environ["OPENLINEAGE_URL"])
    .config("spark.openlineage.transport.auth.type", "api_key")
    .config("spark.openlineage.transport.auth.apiKey", os.environ["OPENLINEAGE_API_KEY"])
    .config("spark.openlineage.namespace", namespace)
)
for key, value in more.items():
    builder = builder.config(key, value)
session = builder.getOrCreate()
session.sparkContext.setLogLevel("OFF")

session.createDataFrame(
    [(1, "ada@shop.example", "paris"), (2, "bob@shop.example", "lyon")], "customer_id int, email string, city string"
).write.saveAsTable("customers")
session.createDataFrame(
    [(10, 1, "paid", 120.0), (11, 1, "open", 5.0), (12, 2, "paid", 30.0)],
    "order_id int, customer_id int, status string, amount double",
).write.saveAsTable("orders")

session.sql(
    """
    CREATE TABLE revenue USING parquet AS
    SELECT c.customer_id, sha2(c.email, 256) AS email_hash, upper(c.city) AS city, sum(o.amount) AS revenue
    FROM orders o JOIN customers c ON o.customer_id = c.customer_id
    WHERE o.status = 'paid'
    GROUP BY c.customer_id, c.email, c.city
    """
)

session.sql("CREATE TABLE order_ranks (order_id int, size string, place int) USING parquet")
session.sql(
    """
    INSERT INTO order_ranks
    SELECT order_id,
           CASE WHEN amount > 100 THEN 'large' ELSE status END AS size,
           row_number() OVER (PARTITION BY customer_id ORDER BY amount DESC) AS place
    FROM orders
    """
)

(
    session.table("revenue")
    .filter(f.col("revenue") > 50)
    .select("customer_id", (f.col("revenue") * 2).alias("doubled"))
    .write.parquet(f"{folder}/export/doubled")
)

try:
    session.sql("CREATE TABLE broken USING parquet AS SELECT IF(order_id < 11, order_id, raise_error('order 11 is broken')) AS order_id FROM orders")
except Exception as error:
    print("the job that has to fail failed:", str(error).splitlines()[0][:200])
else:
    sys.exit("the job that has to fail did not")

session.stop()
