"""What an edition tells of the groups of one cluster: all that draws of a case know of others."""

from __future__ import annotations

from dataclasses import dataclass

from clustermark.analysis.disclosure import Figures
from clustermark.analysis.peers import Edition
from clustermark.analysis.peers.groups import keys_of, ladder_keys
from clustermark.dossiers.dossier import Dossier
from clustermark.ground.problems import Place, Problem, ProblemsError
from clustermark.ground.texts import gettext as _
from clustermark.schemes.scheme import Scheme


@dataclass(frozen=True, eq=False)
class Peers:
    """Told figures of the year `edition` by group, narrowest first: of `points`, and of `indicators` by code.
    `synthetic`: the clusters were made up by a program.

    It holds no value of any cluster, so that nothing drawn from it can tell more than the edition does.
    """

    edition: int
    synthetic: bool
    points: list[Figures]
    indicators: dict[str, list[Figures]]


def peers_of(edition: Edition, scheme: Scheme, dossier: Dossier, cluster: str | None = None) -> Peers:
    """What `edition` tells of the groups of `cluster`, its id in the edition.

    Without an id the groups are those that the dossier names: its sector and its country. Raises
    `ProblemsError` for an edition of another scheme and for a cluster that is not in it.
    """
    if edition.scheme_digest != scheme.digest:
        message = _("The peers were told under another scheme; their points cannot be compared.")
        place = Place(edition.portfolio.source)
        raise ProblemsError(
            [Problem("edition-of-another-scheme", message, place, edition.scheme.scheme, scheme.id)]
        )
    if cluster is not None:
        keys = ladder_keys(edition.portfolio, edition.row_of(cluster), edition.ladder)
    else:
        profile = dossier.profile
        keys = keys_of(
            {"sector": str(profile.get("sector") or ""), "country": str(profile.get("country") or "")},
            edition.ladder,
        )

    def told(name: str) -> list[Figures]:
        # a class that nobody else is in has no figures; it looks like one that is withheld
        return [edition.figures[key, name] for key in keys if (key, name) in edition.figures]

    return Peers(
        edition=edition.year,
        synthetic=bool(edition.portfolio.synthetic.any()),
        points=told(next(thing.name for thing in edition.compared if thing.kind == "total")),
        indicators={thing.code: told(thing.name) for thing in edition.compared if thing.kind == "indicator"},
    )
