"""Plans: what a proof has to show, collected before a step is written.

Closures are gathered into one `tables` step for each stratum, and one for each stratum in which an aggregate needs an
exact table: a closure at some stratum rests only on what holds below it, so the steps form no cycle.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from quod.kernel.errors import QuodError
from quod.kernel.values import Atom
from quod.reasoning.aggregates import match_all
from quod.reasoning.derivations import Derivations, atom_of, positive
from quod.reasoning.evaluation import Answer, Assumed, Fetched, Table
from quod.reasoning.evidence import Evidence, assume
from quod.reasoning.program import Rule
from quod.reasoning.steps import Step


class OutsideDomain(QuodError):
    """A closure reached a computation outside its domain, so it closes nothing."""

    code = "outside_domain"


class NotDerived(QuodError):
    """An atom has no derivation that avoids the atoms to be avoided."""

    code = "not_derived"


class Group:
    """Tables that are closed in one step; in an exact group every answer is proved as well."""

    def __init__(self, exact: bool, stratum: int) -> None:
        self.exact = exact
        self.stratum = stratum
        self.members: list[Table] = []
        self.tables: Step | None = None
        self.proved: Step | None = None


class Plan:
    """The steps of a proof, written in phases; each phase can use what earlier ones have shown, never the reverse."""

    def __init__(self, evidence: Evidence, derivations: Derivations) -> None:
        self._evidence = evidence
        self.derivations = derivations
        self._holds: dict[Atom, Step] = {}
        self._closed: dict[Table, Group] = {}
        self._exact: dict[Table, Group] = {}

    def write(self, holds: Iterable[Atom] = (), closed: Iterable[Table] = (), exact: Iterable[Table] = ()) -> None:
        """Write the steps that show all this.

        Fails when: an atom is not derived (`NotDerived`), a pending sentence bears on a closure (`Blocked`), or a
        closure meets a computation outside its domain (`OutsideDomain`).
        """
        needs = _Needs(self, holds, closed, exact)
        self._assign(needs)
        self._emit(needs)

    def holds(self, atom: Atom) -> Step:
        """The step that shows *atom*."""
        return self._holds[atom]

    def closed(self, table: Table) -> Step:
        """The step that closes *table*."""
        base = table.source or table
        if base.fetched is not None and self._evidence.only_rows(base.fetched):
            return self._evidence.rows(base.fetched)
        step = (self._closed.get(base) or self._exact[base]).tables
        return _written(step)

    def exact(self, table: Table) -> Step:
        """The step that shows *table* closed and all its answers proved."""
        base = table.source or table
        if base.fetched is not None and self._evidence.only_rows(base.fetched):
            return self._evidence.rows(base.fetched)
        return _written(self._exact[base].proved)

    # --- what is needed ---------------------------------------------------------------------------------------

    def derivation(self, atom: Atom) -> Answer:
        """The derivation chosen for *atom*."""
        found = self.derivations.best(atom)
        if found is None:
            raise NotDerived("An atom is not derivable in this way.", atom=atom)
        return found

    def has(self, atom: Atom) -> bool:
        """Whether an earlier phase shows *atom*."""
        return atom in self._holds

    def consulted(self, table: Table) -> Iterator[Table]:
        """The tables that have to be closed with *table*: those its rules called."""
        for called in table.calls:
            base = called.source or called
            if not self._evidence.only_rows(base.fetched):
                yield base
            else:
                _fault(base)
                self._evidence.consult((base.predicate,))

    def to_close(self, table: Table, exact: bool) -> Table | None:
        """The table that needs a closure so that *table* has one; None if it has."""
        base = table.source or table
        _fault(base)
        self._evidence.consult((base.predicate,))
        if base in self._exact or (base in self._closed and not exact) or self._evidence.only_rows(base.fetched):
            return None
        return base

    # --- grouping ---------------------------------------------------------------------------------------------

    def _assign(self, needs: _Needs) -> None:
        """Form the groups, lowest strata first; what a lower group closes is not closed again."""
        for exact, roots in ((True, needs.exact), (False, needs.closed)):
            strata: dict[int, list[Table]] = {}
            for root in roots:
                strata.setdefault(root.adorned.stratum, []).append(root)
            for stratum in sorted(strata):
                group = Group(exact, stratum)
                todo = list(reversed(strata[stratum]))
                while todo:
                    member = todo.pop()
                    if not self._is_grouped(member, group):
                        group.members.append(member)
                        (self._exact if exact else self._closed)[member] = group
                        todo += self.consulted(member)

    def _is_grouped(self, table: Table, group: Group) -> bool:
        """Whether *table* has a group that *group* can rest on, or is in it already."""
        found = self._exact.get(table)
        if found is not None and (group.exact or found.tables is not None or found.stratum <= group.stratum):
            return True
        return not group.exact and table in self._closed

    # --- writing ----------------------------------------------------------------------------------------------

    def _emit(self, needs: _Needs) -> None:
        stack: list[tuple[Atom | Group, bool]] = [(node, False) for node in self._roots(needs)]
        stack.reverse()
        while stack:
            node, ready = stack.pop()
            if self._is_written(node):
                continue
            if ready:
                self._write_node(node)
            else:
                stack.append((node, True))
                stack += [(below, False) for below in self._below(node) if not self._is_written(below)]

    def _roots(self, needs: _Needs) -> Iterator[Atom | Group]:
        yield from needs.atoms
        for table in needs.exact:
            yield self._exact[table]
        for table in needs.closed:
            yield self._closed.get(table) or self._exact[table]

    def _is_written(self, node: Atom | Group) -> bool:
        return node.tables is not None if isinstance(node, Group) else node in self._holds

    def _below(self, node: Atom | Group) -> Iterator[Atom | Group]:
        if isinstance(node, Group):
            yield from self._below_group(node)
            return
        answer = self.derivation(node)
        if isinstance(answer[2], Rule):
            for kind, premise in zip(answer[2].kinds, answer[4], strict=True):
                if kind == "+":
                    yield atom_of(premise)
                elif kind == "-":
                    yield from self._group(premise, self._closed)
                else:
                    for table in premise[0]:
                        yield from self._group(table, self._exact)

    def _group(self, table: Table, groups: dict[Table, Group]) -> Iterator[Group]:
        base = table.source or table
        group = groups.get(base) or self._exact.get(base)
        if group is not None:
            yield group

    def _below_group(self, group: Group) -> Iterator[Atom | Group]:
        for member in group.members:
            for denied in member.denied:
                yield atom_of(denied.delivered[0])
            for total in member.totals:
                yield from self._group(total, self._exact)
            for called in self.consulted(member):
                other = self._in_lower(called, group)
                if other is not None:
                    yield other
            if group.exact:
                yield from map(atom_of, member.answers.values())

    def _in_lower(self, table: Table, group: Group) -> Group | None:
        """The group that closes *table* for *group*, if it is another."""
        found = self._exact.get(table) if group.exact else self._closed.get(table) or self._exact.get(table)
        return None if found is group else found

    def _write_node(self, node: Atom | Group) -> None:
        if isinstance(node, Group):
            self._write_group(node)
        else:
            self._holds[node] = self._write_atom(node, self.derivation(node))

    def _write_atom(self, atom: Atom, answer: Answer) -> Step:
        how = answer[2]
        if isinstance(how, Fetched):
            return self._evidence.row(how, answer[0])
        if isinstance(how, Assumed):
            return assume(atom)
        if not isinstance(how, Rule):
            return Step("apply", (self._evidence.clause(how),), atom, bindings=[])
        premises = [self._evidence.clause(how.clause)]
        counted: list[Atom] = []
        for kind, premise in zip(how.kinds, answer[4], strict=True):
            if kind == "+":
                premises.append(self._holds[atom_of(premise)])
            elif kind == "-":
                premises.append(self.closed(premise))
            else:
                premises += map(self.exact, premise[0])
                for table in premise[0]:
                    counted += self._counted((table.source or table).fetched)
        step = Step("apply", premises, atom, bindings=how.bindings(answer[3]))
        step.counted = counted
        return step

    def _counted(self, fetched: Fetched | None) -> list[Atom]:
        """The rows of a rows step that an aggregate ranges over, if it does."""
        if fetched is None or not self._evidence.only_rows(fetched):
            return []
        return [(fetched.predicate, row) for row in fetched.rows]

    def _write_group(self, group: Group) -> None:
        evidence = self._evidence
        premises: dict[int, Step] = {id(evidence.theory): evidence.theory}

        def rest_on(step: Step) -> None:
            premises.setdefault(id(step), step)

        for predicate in dict.fromkeys([member.predicate for member in group.members]):
            if predicate[0] != "?":
                evidence.look_up(predicate)
            for clause in evidence.clauses(predicate):
                rest_on(evidence.clause(clause))
        for member in group.members:
            if member.fetched is not None:
                rest_on(evidence.rows(member.fetched))
            for called in member.calls:
                base = called.source or called
                if base.fetched is not None and evidence.only_rows(base.fetched):
                    rest_on(evidence.rows(base.fetched))
                else:
                    other = self._in_lower(base, group)
                    if other is not None:
                        rest_on(_written(other.tables))
            for denied in member.denied:
                rest_on(self._holds[atom_of(denied.delivered[0])])
            for total in member.totals:
                rest_on(self.exact(total))
        answers = [[(member.predicate, args) for args in member.answers] for member in group.members]
        orders = [entry for at, member in enumerate(group.members) for entry in self._orders(at, member)]
        patterns = [member.pattern for member in group.members]
        group.tables = Step("tables", premises.values(), answers=answers, orders=orders, patterns=patterns)
        if group.exact:
            proofs = [self._holds[atom] for listed in answers for atom in listed]
            group.proved = Step("exact", (group.tables, *proofs))

    def _orders(self, at: int, table: Table) -> Iterator[list[object]]:
        """The orders in which the clauses of pattern *at* were joined, where not as written."""
        adorned = table.adorned
        key = adorned.args_of(table.key)
        clauses = list(self._evidence.clauses(table.predicate))
        for number, rule in enumerate(adorned.program.rules.get(table.predicate, ())):
            order = adorned.orders.get(number, ())
            if list(order) == sorted(order):
                continue
            pairs = [(term, value) for term, value in zip(rule.clause.head[1], key, strict=True) if value is not None]
            if match_all([term for term, _ in pairs], [value for _, value in pairs], {}):
                yield [str(at), str(clauses.index(rule.clause)), [str(each) for each in order]]


def _fault(table: Table) -> None:
    """Fails when: a computation was outside its domain while *table* was evaluated (`OutsideDomain`)."""
    for op, args, kind in table.faults:
        raise OutsideDomain("A computation is outside its domain.", op=op, args=args, kind=kind)


def _written(step: Step | None) -> Step:
    if step is None:
        raise LookupError("a step is used before it is written")
    return step


class _Needs:
    """Everything one phase has to show: a fixed point over derivations and closures."""

    def __init__(self, plan: Plan, holds: Iterable[Atom], closed: Iterable[Table], exact: Iterable[Table]) -> None:
        self._plan = plan
        self.atoms: dict[Atom, None] = {}
        self.closed: dict[Table, None] = {}
        self.exact: dict[Table, None] = {}
        self._visited: dict[tuple[Table, bool], None] = {}
        self._todo: list[Atom] = list(holds)
        for table in closed:
            self._close(table, exact=False)
        for table in exact:
            self._close(table, exact=True)
        while self._todo:
            atom = self._todo.pop()
            if atom not in self.atoms and not plan.has(atom):
                self.atoms[atom] = None
                self._derive(plan.derivation(atom))

    def _derive(self, answer: Answer) -> None:
        if not isinstance(answer[2], Rule):
            return
        self._todo += map(atom_of, positive(answer))
        for kind, premise in zip(answer[2].kinds, answer[4], strict=True):
            if kind == "-":
                self._close(premise, exact=False)
            elif kind == "a":
                for table in premise[0]:
                    self._close(table, exact=True)

    def _close(self, table: Table, exact: bool) -> None:
        base = self._plan.to_close(table, exact)
        if base is None:
            return
        (self.exact if exact else self.closed)[base] = None
        todo = [base]
        totals: list[Table] = []
        while todo:
            member = todo.pop()
            if (member, exact) in self._visited:
                continue
            self._visited[member, exact] = None
            self._visit(member, exact)
            totals += member.totals
            todo += self._plan.consulted(member)
        for total in totals:
            self._close(total, exact=True)

    def _visit(self, table: Table, exact: bool) -> None:
        _fault(table)
        self._plan.to_close(table, exact)
        self._todo += [atom_of(denied.delivered[0]) for denied in table.denied]
        if exact:
            self._todo += map(atom_of, table.answers.values())
