"""Where evidence lies, as the environment says: a folder of the site, or a bucket of S3."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any


def evidence_storage(environment: Mapping[str, str], *, home: Path) -> dict[str, Any]:
    """Django's entry for the storage of evidence: a bucket where `CLUSTERMARK_S3_BUCKET` names one, else the disk.

    Keys and region are read by the S3 library from its own variables (`AWS_ACCESS_KEY_ID` and so on).
    """
    bucket = environment.get("CLUSTERMARK_S3_BUCKET")
    if bucket is None:
        return {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": home / "evidence"},
        }
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": environment.get("CLUSTERMARK_S3_ENDPOINT"),
            "default_acl": None,
            "querystring_auth": True,
            "file_overwrite": True,
            # what is read lies on the disk from this many bytes on, not in memory
            "max_memory_size": 4 * 1024 * 1024,
        },
    }
