"""Prints the role credentials that boto3 gets for AWS_PROFILE, as JSON."""

from __future__ import annotations

import json
import sys

import boto3

credentials = boto3.session.Session().get_credentials()
assert credentials is not None
sys.stdout.write(json.dumps({"key": credentials.get_frozen_credentials().access_key}))
