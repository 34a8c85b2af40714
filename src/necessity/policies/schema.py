"""The JSON Schema of policy files, published beside them (`library/policies/policy.schema.json`) for editors."""

from __future__ import annotations

import json

from necessity.policies.shape import PolicyShape


def schema_text() -> str:
    """The schema as the file holds it. It checks the shape; the loader checks the rest."""
    schema = PolicyShape.model_json_schema(by_alias=True)
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    schema["title"] = "Policy"
    return json.dumps(schema, indent=2, sort_keys=True) + "\n"
