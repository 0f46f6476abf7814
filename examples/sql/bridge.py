"""Reads one SQL statement per line as JSON, runs it on Spark and writes the first row of its result as JSON."""

import json
import sys

from pyspark.sql import SparkSession

master, file = sys.argv[1:]
spark = (
    SparkSession.builder.master(master)
    .appName("chainrule")
    .config("spark.driver.host", "127.0.0.1")
    .config("spark.ui.enabled", "false")
    .getOrCreate()
)
spark.sparkContext.setLogLevel("OFF")
spark.read.parquet(file).createOrReplaceTempView("patients")
executors = spark.sparkContext._jsc.sc().getExecutorMemoryStatus().size() - 1
print(json.dumps({"version": spark.version, "executors": executors}), flush=True)
for line in sys.stdin:
    try:
        answer = {"row": list(spark.sql(json.loads(line)).first())}
    except Exception as error:  # what went wrong goes to the one who asked
        answer = {"error": str(error)[:500]}
    print(json.dumps(answer), flush=True)
spark.stop()
