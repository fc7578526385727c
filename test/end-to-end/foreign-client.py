"""Reads one secret with boto3 and prints the outcome as one JSON object; never the value."""

import json
import os

import boto3
from botocore.exceptions import ClientError

client = boto3.client("secretsmanager")
try:
    answer = client.get_secret_value(SecretId=os.environ["SECRET_ID"])
    keys = sorted(json.loads(answer["SecretString"]))
    print(json.dumps({"version": answer["VersionId"], "stages": answer["VersionStages"], "keys": keys}))
except ClientError as error:
    print(json.dumps({"error": error.response["Error"]["Code"]}))
