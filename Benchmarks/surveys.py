#!/usr/bin/env python3
"""Measures surveys through the commands: a synthetic sample of 581 facilities x 106 questions, and the growth to
8,000 facilities x 106 questions x 12 rounds.

    scripts/with-postgres python3 surveys.py PROGRAM

On SQLite, and under `with-postgres` on PostgreSQL, too.

What is measured is the processor's time of the report, which reads every answer of every round, beside the start of the
program alone. Nothing in the sample is real.
"""
import csv
import json
import os
import pathlib
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time

QUESTIONS = 106
CLASSES = [30, 150, 250, 350, 450, 700]


def questionnaire(file):
    lines = ["pack: bench.survey", "edition: 1", "title: {ja: 全国調査（見本）, en: National survey (sample)}",
             "valid: {from: 2026-04-01}", "publisher: Yagura", "source: {title: 見本}", "verification: unverified", "entries:"]
    for number in range(QUESTIONS):
        if number % 20 == 0:
            lines.append(f'  - {{section: "{number // 20 + 1}", title: {{ja: 第{number // 20 + 1}部, en: Part {number // 20 + 1}}}}}')
        text = f"text: {{ja: 設問{number + 1}, en: Question {number + 1}}}"
        if number % 10 == 7:
            lines.append(f"  - {{question: q{number}, kind: number, {text}}}")
        elif number % 10 == 8:
            choices = ", ".join(f"{{key: c{n}, ja: 選択{n}, en: Choice {n}}}" for n in range(6))
            lines.append(f"  - {{question: q{number}, kind: choice, {text}, choices: [{choices}]}}")
        else:
            when = f', when: {{question: q{number - 1}, is: ["yes"]}}' if number % 10 == 3 else ""
            lines.append(f"  - {{question: q{number}, kind: yesNo, {text}{when}}}")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")


def answers(chance):
    """One row: what an earlier answer rules out stays empty."""
    row = []
    for number in range(QUESTIONS):
        row.append("" if number % 10 == 3 and row[-1] != "yes" else answer(number, chance))
    return row


def answer(number, chance):
    if number % 10 == 7:
        return str(chance.randrange(60))
    if number % 10 == 8:
        return f"c{chance.randrange(6)}"
    return chance.choices(["yes", "no", "unknown", ""], [60, 30, 6, 4])[0]


def run(program, folder, *arguments):
    began = time.perf_counter()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run([program, "assess", *arguments, "--data", str(folder)], capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode != 0:
        sys.exit(f"{' '.join(arguments)}: {done.stderr[:2000]}")
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout, time.perf_counter() - began, used


def survey(program, folder, work, facilities, rounds):
    """Answers the id of a survey with so many facilities, each of which answers every round."""
    chance = random.Random(facilities)
    members = work / f"members-{facilities}.csv"
    with open(members, "w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["回答者", "病床数"])
        writer.writerows([f"病院{n}", CLASSES[n % 6]] for n in range(facilities))
    # A name of its own for each size; within one installation all lie in the same tables.
    name, _, _ = run(program, folder, "survey", "open", "--questionnaire", str(work / "questions.yaml"),
                     "--respondents", str(members), "--naming", "named", "--title", f"見本 {facilities}",
                     *(["--cycle", "month"] if rounds > 1 else []))
    identity = name.strip()
    for month in range(rounds):
        file = work / "answers.csv"
        with open(file, "w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["回答者", *(f"q{n}" for n in range(QUESTIONS))])
            writer.writerows([f"病院{n}", *answers(chance)] for n in range(facilities))
        run(program, folder, "survey", "import", "--survey", identity,
            *(["--round", f"2026-{month + 1:02}"] if rounds > 1 else []), str(file))
    return identity


def postgres(program, folder, work):
    """A copy of the installation that keeps its data on PostgreSQL (YAGURA_TEST_POSTGRES, a superuser's address)."""
    address = os.environ["YAGURA_TEST_POSTGRES"]
    base = address.rsplit("/", 1)[0]
    subprocess.run(["psql", "-q", address, "-c", "CREATE DATABASE yagura_surveys"], check=True, capture_output=True)
    copy = work / "postgres"
    shutil.copytree(folder, copy)
    subprocess.run([program, "migrate-store", "--data", str(copy), "--to", f"{base}/yagura_surveys"], check=True,
                   capture_output=True)
    return copy


def report(program, folder, work):
    """The report of the national sample, on one core beside the start of the program."""
    _, _, start = run(program, folder, "packs", "--json")
    identity = survey(program, folder, work, 581, 1)
    text, wall, used = run(program, folder, "survey", "report", "--survey", identity, "--json")
    found = json.loads(text)
    answered = found["whole"]["answered"]
    ok = "holds" if used - start < 1 and answered == 581 and len(found["questions"]) == QUESTIONS else "MISSED"
    print(f"report of 581 x {QUESTIONS}: {used - start:.2f} s of one core beside the start of {start:.2f} s, "
          f"{wall:.2f} s in all (less than 1 s: {ok})", flush=True)


def growth(program, folder, work, limit):
    """All rounds of ever more facilities together, which have to be there within `limit` seconds."""
    for facilities in (10, 100, 1_000, 8_000):
        began = time.perf_counter()
        identity = survey(program, folder, work, facilities, 12)
        filled = time.perf_counter() - began
        text, wall, used = run(program, folder, "survey", "report", "--survey", identity, "--all-rounds", "--json")
        answered = json.loads(text)["whole"]["answered"]
        ok = "holds" if wall <= limit and answered == facilities * 12 else "MISSED"
        print(f"{facilities:5} facilities x {QUESTIONS} questions x 12 rounds: report {wall:.2f} s "
              f"({used:.2f} s of one core; imported in {filled:.0f} s; at most {limit} s: {ok})", flush=True)


def main():
    program = str(pathlib.Path(sys.argv[1]).resolve())
    work = pathlib.Path(tempfile.mkdtemp(prefix="yagura-surveys-"))
    folder = work / "data"
    try:
        subprocess.run([program, "demo", "--data", str(folder), "--seed", "1"], check=True, capture_output=True)
        questionnaire(work / "questions.yaml")
        copy = postgres(program, folder, work) if "YAGURA_TEST_POSTGRES" in os.environ else None
        for name, place, limit in [("SQLite", folder, 30), ("PostgreSQL", copy, 10)]:
            if place is None:
                print("PostgreSQL was not measured: run this under scripts/with-postgres")
                continue
            print(name)
            report(program, place, work)
            growth(program, place, work, limit)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
