"""The API's description, as the server puts it together from the parts beside its features."""

import json

from program import ROOT


def described() -> dict:
    whole: dict = {}
    for file in sorted(ROOT.glob("Sources/*/*/Assets/openapi.json")):
        whole = merged(whole, json.loads(file.read_text()))
    return whole


def merged(whole: dict, part: dict) -> dict:
    whole = dict(whole)
    for key, value in part.items():
        if isinstance(value, dict) and isinstance(whole.get(key), dict):
            whole[key] = merged(whole[key], value)
        elif isinstance(value, list) and isinstance(whole.get(key), list):
            whole[key] = whole[key] + value
        else:
            assert key not in whole, f"{key} is described twice"
            whole[key] = value
    return whole
