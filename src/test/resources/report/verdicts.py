"""Reads a run's JSON, JUnit XML and SARIF, prints the verdicts that each holds, and fails unless they are equal."""
import json
import sys
import xml.etree.ElementTree as tree


def of_json(file):
    with open(file, encoding="utf-8") as text:
        return [(case["name"], case["verdict"]) for case in json.load(text)["cases"]]


def of_junit(file):
    suite = tree.parse(file).getroot()
    verdicts = []
    for case in suite.iter("testcase"):
        verdict = "holds"
        for child in case:
            verdict = "not-judged" if child.tag == "skipped" else child.get("type").lower()
        verdicts.append((case.get("name"), verdict))
    for kind, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        if int(suite.get(kind)) != len(list(suite.iter(tag))):
            sys.exit(f"{file}: {kind} is {suite.get(kind)}")
    if int(suite.get("tests")) != len(verdicts):
        sys.exit(f"{file}: tests is {suite.get('tests')}")
    return verdicts


def of_sarif(file):
    with open(file, encoding="utf-8") as text:
        run = json.load(text)["runs"][0]
    verdicts = [(each["name"], each["verdict"]) for each in run["properties"]["verdicts"]]
    alerts = {(each["properties"]["name"], each["properties"]["verdict"]) for each in run["results"]}
    if alerts != {each for each in verdicts if each[1] not in ("holds", "not-judged")}:
        sys.exit(f"{file}: its results are {alerts}, its verdicts {verdicts}")
    for result in run["results"]:
        if run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] != result["ruleId"]:
            sys.exit(f"{file}: rule {result['ruleIndex']} is not {result['ruleId']}")
    return verdicts


def main():
    read = [of_json(sys.argv[1]), of_junit(sys.argv[2]), of_sarif(sys.argv[3])]
    for verdicts in read:
        print(" ".join(f"{name}={verdict}" for name, verdict in verdicts))
    if read[0] != read[1] or read[0] != read[2]:
        sys.exit("the reports differ")


main()
