#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Parcels of a lake, assessed by a cluster: Parquet in, Parquet out.

    spark-submit --master spark://HOST:7077 spark.py LINES FINDINGS

LINES has columns with names that a line of goods has (docs/manual.md), among them id, and consignee:
what one consignee is sent on one day is added up.
"""
import sys

from pyspark.sql import SparkSession, functions
from tidewaiter.spark import assess

source, target = sys.argv[1:]
session = SparkSession.builder.appName("tidewaiter").getOrCreate()
lines = session.read.parquet(source)
findings = assess(lines, detail=False, daily_sum=True, order=functions.col("id").cast("long"))
findings.write.parquet(target)
session.stop()
