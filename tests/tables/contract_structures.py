"""Writes the structure of the three OpenAPI contracts for the tests: names, types, formats and enumerations, no prose.

Usage: python3 tests/tables/contract_structures.py CONTRACTS_FOLDER
The folder holds xcures.openapi.json, patients.openapi.json and phenoml.openapi.json. Writes tests/HealthMcp.Tests/Contracts/*.json.
"""

import json
import pathlib
import sys

OUT = pathlib.Path(__file__).resolve().parent.parent / "HealthMcp.Tests" / "Contracts"
SYSTEMS = ("xcures", "patients", "phenoml")
VERBS = ("get", "post", "put", "patch", "delete")
KEPT = ("type", "format", "enum", "required", "nullable", "const")


def structure(schema):
    """One schema without its prose. A reference becomes the name of a schema of the same file."""
    if not schema:
        return {}
    if "$ref" in schema:
        return {"ref": schema["$ref"].rsplit("/", 1)[-1]}
    kept = {key: schema[key] for key in KEPT if key in schema}
    if schema.get("properties"):
        kept["properties"] = {name: structure(inner) for name, inner in schema["properties"].items()}
    if "items" in schema:
        kept["items"] = structure(schema["items"])
    more = schema.get("additionalProperties")
    if more is not None:
        kept["more"] = more if isinstance(more, bool) else structure(more)
    for word in ("oneOf", "anyOf", "allOf"):
        if word in schema:
            kept[word] = [structure(inner) for inner in schema[word]]
    return kept


def content(holder):
    """Media type and schema of a body; of several media types the first JSON one speaks for all."""
    kinds = holder.get("content") or {}
    if not kinds:
        return {"media": holder["x-media-type"], "schema": {"type": "object"}} if "x-media-type" in holder else None
    media = next((kind for kind in kinds if kind.endswith("json")), next(iter(kinds)))
    kept = {"media": media, "schema": structure(kinds[media].get("schema"))}
    others = [kind for kind in kinds if kind != media]
    return kept | ({"others": others} if others else {})


def parameter(given):
    schema = structure(given.get("schema"))
    return {"name": given["name"], "in": given["in"], "required": given.get("required", False)} | schema_words(schema)


def schema_words(schema):
    return {("schema" if key == "required" else key): value for key, value in schema.items() if key != "required"}


def operation(path, shared, given):
    responses = {status: content(response) for status, response in given["responses"].items()}
    success = given.get("x-success-status") or next((status for status in responses if status[0] == "2"), "default")
    kept = {"success": str(success), "parameters": [parameter(each) for each in shared + given.get("parameters", [])]}
    declared = given.get("x-success-declared-as")
    if declared:
        responses[str(success)] = responses.pop(str(declared), None)
    body = content(given["requestBody"]) if "requestBody" in given else None
    if body:
        kept["body"] = body | {"required": given["requestBody"].get("required", False)}
    return kept | {"responses": responses}


def contract(read):
    operations = {}
    for path, item in read["paths"].items():
        for verb in VERBS:
            if verb in item:
                operations[f"{verb.upper()} {path}"] = operation(path, item.get("parameters", []), item[verb])
    named = read.get("components", {}).get("schemas", {})
    return {"operations": operations, "schemas": {name: structure(schema) for name, schema in named.items()}}


def written(value):
    """One line for each operation and schema, so that a change of a contract reads as one."""
    parts = []
    for part, members in value.items():
        lines = [f"  {json.dumps(name)}: {json.dumps(member, separators=(',', ':'))}" for name, member in members.items()]
        parts.append(f" {json.dumps(part)}: {{\n" + ",\n".join(lines) + "\n }")
    return "{\n" + ",\n".join(parts) + "\n}\n"


def main():
    folder = pathlib.Path(sys.argv[1])
    for system in SYSTEMS:
        read = json.loads((folder / f"{system}.openapi.json").read_text(encoding="utf-8"))
        (OUT / f"{system}.json").write_text(written(contract(read)), encoding="utf-8")


if __name__ == "__main__":
    main()
