"""The page that goes with the folder."""

README = """# Oka Valley Pharma Cluster

**Fictional sample.** The cluster, its people, companies, places, media and partners are invented; so is every
figure. Nothing here describes a real organisation. Each evidence file says so in its footer.

Reference date: **2025-10-26**, the last day of a visit of three days (24–26 October 2025) for the silver label.
It is also the date of the consensus, and so the day at which the dossier is assessed when none is named:

    clustermark assess examples/oka-valley --scheme ecei-silver-2017

What the dossier holds: 63 participants on the reference date (60 with a documented commitment) and eight that left;
a team of six on 5.0 posts; accounts of 2022–2024 and the open year 2025; meetings with single participants
since July 2024; events, projects, working groups, deliveries, press, two surveys, three success stories, three
improvements, two bronze benchmarkings, 22 evidence files, and the ratings: the cluster's claim, two
experts (Anna Keller, Luca Ferrero) and their consensus.

Worth a look:

- Exactly on an edge: 2.5 is 39 of 60 = 65 %, 2.2.2 is 3.5 of 5.0 posts = 70 %, and 3.2 is 30 % to the kopeck,
  where binary floating point would compute 29.999999999999996.
- Records that do not count, each for a reason: a meeting on 25 October 2024 (a day too early), meetings by
  phone or without a note, meetings with the ministry (takes part, but has signed nothing).
- Luca Ferrero alone would let 4.1.3 miss its minimum; the consensus gives its reasons.
- Two press articles are the cluster's own release: the consensus corrects 5.1 from 12 to 10.
- Amounts are in roubles; participants' business figures are of 2024.

The folder is written by `python examples/build/make.py` (with `clustermark` installed) and checked against it by a
test: change the generator, not the files.
"""
