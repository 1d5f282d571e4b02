"""A Spark job: Parquet with a column ``html`` or ``text`` in, records out. spark-submit spark_job.py IN OUT"""

import os
import sys

from pyspark.sql import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from cleanarticle.arrow import SCHEMA, clean_batches


def work(batches):
    return clean_batches(batches, isolated=True)


spark = SparkSession.builder.master(os.environ.get("MASTER", "local[*]")).getOrCreate()
spark.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", 256)
pages = spark.read.parquet(sys.argv[1])
pages.mapInArrow(work, from_arrow_schema(SCHEMA)).write.parquet(sys.argv[2])
