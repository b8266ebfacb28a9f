"""Writes src/HealthMcp/Upstreams/DrCloud/Search/search-parameters.tsv: what can be searched in each FHIR type, and how.

Usage: python3 src/tables/drcloud_search_parameters.py drcloud-fhir.json fhir-r4-search-parameters.tsv fhir-r4-elements.tsv \
    fhir-r4-required-valuesets.tsv > OUT
FHIRPath is resolved here, so that the program walks plain JSON property names: choices become the properties they may be
(effective -> effectiveDateTime, effectivePeriod, ...), casts pick one of them, and the two filters that are used become suffixes:
  name(Patient)         only references to that type           where(resolve() is Patient)
  name[system=email]    only members with that property value   where(system='email')
"""
import csv
import json
import re
import sys

contract = json.load(open(sys.argv[1], encoding="utf-8"))
parameters = list(csv.DictReader(open(sys.argv[2], encoding="utf-8"), delimiter="\t"))
elements = {}
bindings = {}
systems = {}
for row in csv.DictReader(open(sys.argv[4], encoding="utf-8"), delimiter="\t"):
    systems.setdefault(row["valueset"], {})[row["system"]] = True
for row in csv.DictReader(open(sys.argv[3], encoding="utf-8"), delimiter="\t"):
    bindings[row["path"]] = row["bindingValueSet"].split("|")[0]
    elements[row["path"]] = [re.sub(r"\(.*\)$", "", t) for t in row["types"].split("|") if t]

SEARCHABLE = [name for name, r in contract["resources"].items() if r["inSeed"] and "search-type" in r["interactions"]]

# What the vendor's server takes although FHIR R4 has no such parameter.
BEYOND_R4 = {
    ("Group", "patient"): ("reference", "Group.member.entity.where(resolve() is Patient)", "Patient"),
    ("Organization", "email"): ("token", "Organization.telecom.where(system='email')", ""),
    ("Organization", "phone"): ("token", "Organization.telecom.where(system='phone')", ""),
    ("Organization", "telecom"): ("token", "Organization.telecom", ""),
    ("Person", "active"): ("token", "Person.active", ""),
    ("Person", "family"): ("string", "Person.name.family", ""),
    ("Person", "given"): ("string", "Person.name.given", ""),
    ("Goal", "description"): ("string", "Goal.description.text", ""),
}
OPEN_STRINGS = {"address-state", "address-country"}
LIMITED = {"birthdate", "death-date", "deceased-date", "address-city", "address-postalcode", "age", "onset-age", "abatement-age"}
WITHHELD = {"lot-number", "din", "phonetic", "near", "email", "phone", "telecom"}
WITHHELD_TYPES = {"Identifier", "ContactPoint", "HumanName", "Address", "uri", "url", "canonical"}


def children(path):
    """Types of the element at path, stepping into datatypes: Patient.name.family -> HumanName.family."""
    if path in elements:
        return elements[path]
    if "." not in path:
        return [path]
    parent, name = path.rsplit(".", 1)
    for kind in children(parent):
        if f"{kind}.{name}" in elements:
            return elements[f"{kind}.{name}"]
        if f"{kind}.{name}[x]" in elements:
            return elements[f"{kind}.{name}[x]"]
    return []


def base(path):
    """The element-table path that path leads to: itself, or one inside a datatype."""
    if f"{path}[x]" in elements or path in elements:
        return path
    parent, name = path.rsplit(".", 1)
    for kind in children(parent):
        if f"{kind}.{name}" in elements or f"{kind}.{name}[x]" in elements:
            return f"{kind}.{name}"
    return path


def compile_one(text):
    """One branch of a union -> [(steps, datatype)]."""
    cast = None
    match = re.match(r"^\((\S+) as (\w+)\)(.*)$", text)
    if match:
        text, cast, rest = match.group(1), match.group(2), match.group(3)
        text += f".as({cast})" + rest
    tokens = re.findall(r"([A-Za-z]+(?:\((?:[^()]|\(\))*\))?)(?:\.|$)", text)
    done, found = [], [("", "")]
    path = tokens[0]
    for index, token in enumerate(tokens[1:], 1):
        if token.startswith("as("):
            wanted = token[3:-1].lower()
            found = [(steps, kind) for steps, kind in found if kind.lower() == wanted]
        elif token.startswith("where(resolve() is "):
            found = [(steps + "(" + token[len("where(resolve() is "):-1] + ")", kind) for steps, kind in found]
        elif token.startswith("where("):
            name, value = re.match(r"where\((\w+)='(\w+)'\)", token).groups()
            found = [(f"{steps}[{name}={value}]", kind) for steps, kind in found]
        else:
            path = base(path + "." + token)
            kinds = elements.get(path + "[x]")
            if kinds is not None:
                found = [(f"{s}.{token}{k[0].upper()}{k[1:]}".lstrip("."), k) for s, _ in found for k in kinds]
            else:
                kinds = elements.get(path) or ["string"]
                kind = "Reference" if "Reference" in kinds else kinds[0]
                found = [(f"{s}.{token}".lstrip("."), kind) for s, _ in found]
                path = path if kind in ("BackboneElement", "Element", "") else kind
    return found


def compile_expression(text):
    if text == "Patient.deceased.exists() and Patient.deceased != false":
        return [("deceasedBoolean", "present"), ("deceasedDateTime", "present")]
    return [one for branch in text.split(" | ") for one in compile_one(branch.strip())]


def level(name, kind, paths):
    datatypes = {t for _, t in paths}
    if name in LIMITED:
        return "limited"
    if name in OPEN_STRINGS or name in ("address-use",):
        return "open"
    if name in WITHHELD or kind in ("string", "uri", "special", "number") or datatypes & WITHHELD_TYPES:
        return "identified"
    if kind == "composite":
        return "identified"
    return "dates" if kind == "date" else "open"


def implied(resource, paths):
    """Code systems of elements of type code: their values carry none, because the required binding says it."""
    found = {}
    for path, kind in paths:
        if kind == "code":
            bound = bindings.get(base(resource + "." + re.sub(r"[\[(][^\])]*[\])]", "", path)), "")
            found.update(systems.get(bound, {}))
    return ",".join(found)


def row_of(resource, name, kind, expression, targets, server):
    paths = [] if kind in ("composite", "special") or "phonetic" in name else compile_expression(expression)
    targets = "" if targets.count(",") > 12 else targets
    return [resource, name, kind, level(name, kind, paths), server, "|".join(f"{p}:{t}" for p, t in paths), targets, implied(resource, paths)]


out = csv.writer(sys.stdout, delimiter="\t", lineterminator="\n")
print("# Search parameters of the searchable FHIR types. Generated by src/tables/drcloud_search_parameters.py; do not edit.")
print("# type, name, kind, privacy level, taken by the vendor's server (7: since OpenEMR 7, 8: since 8, odd: as another kind), paths with datatypes, targets,"
      " code systems that elements of type code have without saying so")
for resource in SEARCHABLE:
    known = {p["name"]: p for p in contract["resources"][resource]["searchParams"]}
    rows = {}
    for p in parameters:
        common = p["resource"] == "Resource" and p["code"] in ("_id", "_lastUpdated", "_profile", "_tag", "_security", "_source")
        if (p["resource"] == resource or common) and "ext" not in p["flags"].split(";"):
            rows[p["code"]] = (p["type"], p["expression"].replace("Resource.", resource + "."), p["targets"])
    for (r, name), row in BEYOND_R4.items():
        if r == resource:
            rows.setdefault(name, row)
    for name in sorted(rows):
        kind, expression, targets = rows[name]
        own = known.get(name, {})
        server = "odd" if own.get("openemrType") else "7" if own.get("openemr7") else "8" if own.get("openemr8") else ""
        out.writerow(row_of(resource, name, kind, expression, targets, server))
