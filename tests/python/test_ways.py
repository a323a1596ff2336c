"""Critical paths and moves: they are those of the record, in words."""

from __future__ import annotations

import unittest

import pandas as pd
from program import base, traced

import portflow


class Ways(unittest.TestCase):
    def setUp(self) -> None:
        self.trace = portflow.open(base())
        self.addCleanup(self.trace.close)

    def test_a_path_has_no_gap_and_adds_up(self) -> None:
        paths = self.trace.paths()
        causes = self.trace.causes()
        whole = 0
        for name, path in list(paths.groupby("entity", sort=False))[::97]:
            self.assertTrue((path.begin.iloc[1:].array == path.end.iloc[:-1].array).all(), name)
            self.assertEqual(path.begin.iloc[0], causes.created[name])
            self.assertEqual(path.end.iloc[-1], causes.ended[name])
            for cause, lasts in path.groupby("cause").lasts.sum().items():
                self.assertEqual(lasts, causes.loc[name, str(cause)], name)
            whole += 1
        self.assertGreater(whole, 10)

    def test_the_path_of_one_entity(self) -> None:
        paths = self.trace.paths()
        name = paths.entity.iloc[len(paths) // 2]
        one = self.trace.paths(name)
        self.assertTrue(one.equals(paths[paths.entity == name].reset_index(drop=True)))
        self.assertTrue(one.equals(self.trace.paths(int(one.id[0]))))
        with self.assertRaises(portflow.UnknownName):
            self.trace.paths("liners-0")

    def test_moves_by_entity_and_route(self) -> None:
        moves = self.trace.moves()
        self.assertEqual(len(moves), self.trace.rows()["moves"])
        route = moves.route.iloc[0]
        self.assertTrue((self.trace.moves(route=route).route == route).all())
        self.assertEqual(len(self.trace.moves(route=route)), (moves.route == route).sum())
        name = moves.entity.iloc[-1]
        self.assertEqual(list(self.trace.moves(name).entity.unique()), [name])
        self.assertTrue((moves.lasts > pd.Timedelta(0)).all())
        with self.assertRaisesRegex(portflow.UnknownName, "did you mean"):
            self.trace.moves(route=route[:-1])

    def test_levels_that_leave_them_out(self) -> None:
        with portflow.open(traced("kpi", "--level", "kpi")) as trace:
            for read in (trace.paths, trace.moves):
                with self.assertRaises(portflow.MissingTable):
                    read()


if __name__ == "__main__":
    unittest.main()
