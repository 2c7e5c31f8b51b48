"""The sample site as tests of cases see it: people, signing in, and cases at every stage."""

from __future__ import annotations

import time
from dataclasses import dataclass

from django.test import Client

from clustermark.web.accounts.models import Organisation, User
from clustermark.web.accounts.people import Person
from clustermark.web.cases.models import Case
from clustermark.web.clusters.models import Cluster
from clustermark.web.seeding import Sample, address, sample_case

Keys = dict[tuple[str, str], int]
"""Cases by the state they were led to and the name of their cluster (none: the sample's own)."""


@dataclass(slots=True)
class Site:
    """The sample site in one test; what the test changes is undone after it."""

    sample: Sample
    keys: Keys

    def by(self, login: str) -> Person:
        """The person with this login, as domain verbs want them."""
        return self.sample.by(login)

    def client(self, login: str) -> Client:
        """A browser in which this person has signed in with a second factor."""
        client, user = Client(), self.sample.people[login]
        client.force_login(user)
        session = client.session
        session["account_authentication_methods"] = [
            {"method": "password", "at": time.time()},
            {"method": "mfa", "type": "totp", "at": time.time()},
        ]
        session["account_authentication_methods_user"] = str(user.pk)
        session.save()
        return client

    def case(self, state: str, name: str = "", **place: str) -> Case:
        """A case in this state, read anew; of a cluster of its own when `name` says so.

        The same one again for the same state and name. A module that asks for a state in most of its tests names it
        in `STATES`: then the case is led there once.
        """
        if (state, name) not in self.keys:
            self.keys[state, name] = self._led(state, name, place).pk
        return Case.objects.select_related("cluster", "edition").get(pk=self.keys[state, name])

    def _led(self, state: str, name: str, place: dict[str, str]) -> Case:
        own = self.sample.cluster
        if name:
            facts = {"country": "AT", "sector": "mobility", "region": "", "city": "", **place}
            self.sample.cluster = Cluster.objects.create(
                organisation=self.sample.bodies["cluster"], name=name, **facts
            )
        try:
            return sample_case(self.sample, to=state)
        finally:
            self.sample.cluster = own


def read_anew(sample: Sample) -> Sample:
    """The sample with people, bodies and cluster as the database has them, not as another test left them."""
    people = {user.email: user for user in User.objects.select_related("expert")}
    bodies = Organisation.objects.in_bulk([body.pk for body in sample.bodies.values()])
    return Sample(
        people={login: people[address(login)] for login in sample.people},
        bodies={name: bodies[body.pk] for name, body in sample.bodies.items()},
        cluster=Cluster.objects.get(pk=sample.cluster.pk),
        raw=sample.raw,
    )
