"""How long a night of retention takes: persons with what hangs on them against bare DELETEs, and months of events.

Belongs here: filling a register of its own, the night, and the statements that it is compared with. Does not belong
here: anything that the tests hold.
"""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import psutil
import psycopg
from asked import asked
from dateutil.relativedelta import relativedelta

from register import embedded
from register.database import Register, upgrade
from register.retention import events as retention_events
from register.retention import run
from register.retention.ahead import ahead
from schemas.retention import SHIPPED

TODAY = date(2027, 1, 15)
POLICY = SHIPPED.model_copy(update={"guard": SHIPPED.guard.model_copy(update={"rows": 10**9, "floor": 10**9})})

_ROW = "customer_id, source_id, key, part, first_batch, first_row, changed_batch, changed_row, first_seen, last_changed"
_MORE = "origin, processing_role, legal_basis"
_VALUES = "1, 1, 'k' || n, '', 1, n, 1, n, date '2026-01-01', date '2026-01-01', 'customer_register', 'controller', 'b'"

#: Every twentieth person is absent: since a night in June 2026, which a second reading confirmed.
PERSONS = f"""
insert into sync.customer (name) values ('koe');
insert into sync.source (customer_id, name) values (1, 'koe/hr');
insert into sync.source_version (source_id, digest, description) values (1, 'x', '{{"snapshot": {{"type": "full"}}}}');
insert into sync.batch (customer_id, source_id, source_version_id, business_date, attempt, as_of, place, rules_version,
  status, complete)
select 1, 1, 1, day::date, 1, day, (day::date - date '0001-01-01' + 1) * 10000000000000 + 1, 'r', 'applied', true
from unnest(array[timestamptz '2026-01-01', '2026-07-01', '2026-07-02', '2027-01-14']) as day;
insert into sync.coverage select 1, '', place, id from sync.batch;
insert into sync.source_row (customer_id, source_id, key, hash, imported, first_batch, changed_batch, shown_place,
  absent_place)
select 1, 1, 'k' || n, n, true, 1, 1, case when n % 20 = 0 then (select place from sync.batch where id = 1) end,
  case when n % 20 = 0 then (select place from sync.batch where id = 2) end
from generate_series(1, %(rows)s) as n;
insert into register.person_record ({_ROW}, {_MORE}, last_name, first_name, work_email)
select {_VALUES}, 'Kuvitelma', 'Aino', 'k' || n || '@example.com' from generate_series(1, %(rows)s) as n;
insert into register.employment ({_ROW}, {_MORE}, employer_name, employee_number)
select {_VALUES}, 'Koe Oy', n::text from generate_series(1, %(rows)s) as n;
insert into register.competence ({_ROW.replace("part,", "part, skill_code,")}, {_MORE})
select {_VALUES.replace("'',", "'C' || c, 'C' || c,")}
from generate_series(1, %(rows)s) as n, generate_series(1, 2) as c;
insert into register.person (customer_id, last_name, first_name, records, first_seen)
select 1, 'Kuvitelma', 'Aino', 1, date '2026-01-01' from generate_series(1, %(rows)s) as n;
insert into register.golden_member (record_type, record_id, customer_id, golden_id)
select 'person', n, 1, n from generate_series(1, %(rows)s) as n;
insert into register.person_key (record_id, customer_id, source_id, last_name, name_key, email, self_reported, absent)
select n, 1, 1, 'kuvitelma', 'aino kuvitelma', 'k' || n || '@example.com', false, false
from generate_series(1, %(rows)s) as n;
"""

#: What somebody would type who knows which keys are due, and that these are the tables.
BARE = """
create temporary table gone on commit drop as select id, source_id,
  key from register.person_record where right(key, 1) in
('0') and substr(key, 2)::bigint % 20 = 0;
analyze gone;
delete from register.person_key using gone where record_id = gone.id;
delete from register.person as person using register.golden_member as member join gone on gone.id = member.record_id
where person.id = member.golden_id and member.record_type = 'person';
delete from register.golden_member as member using gone where record_type = 'person' and record_id = gone.id;
delete from register.employment as held using gone where held.source_id = gone.source_id and held.key = gone.key;
delete from register.competence as held using gone where held.source_id = gone.source_id and held.key = gone.key;
delete from sync.source_row as held using gone where held.source_id = gone.source_id and held.key = gone.key;
delete from register.person_record as held using gone where held.id = gone.id;
"""

#: Keys come in no order, as a service's own ids often do. One row in a hundred was touched by a later night.
EVENTS = """
insert into sync.source_version (source_id, digest, description) values (2, 'x', '{{"snapshot": {{"type": "log"}}}}');
insert into sync.batch (customer_id, source_id, source_version_id, business_date, attempt, as_of, place, rules_version,
  status)
select 1, 2, 1, date '2024-12-01' + n, 1, now(), (735934 + n) * 10000000000000, 'r', 'applied'
from generate_series(1, 767) as n;
insert into sync.source_row (customer_id, source_id, key, hash, imported, first_batch, changed_batch)
select 1, 2, md5(n::text), n, true, {batch}, {batch} from generate_series(1, %(rows)s) as n order by {order};
update sync.source_row set changed_batch = 767 where hash %% 100 = 0;
insert into register.action (customer_id, source_id, key, part, user_id, occurred_at, action_code, first_batch,
  first_row,
  changed_batch, changed_row, first_seen, last_changed, origin, processing_role, legal_basis)
select 1, 2, md5(n::text), '', 'p' || n %% 20000, timestamptz '2024-12-01' + n * {step},
  'login', {batch}, n, {batch}, n, date '2026-01-01', date '2026-01-01', 'service_generated', 'controller', 'b'
from generate_series(1, %(rows)s) as n order by {order};
"""
_STEP = "interval '1 second' * (66182400.0 / %(rows)s)"

_BY_NIGHT = f"1 + floor(extract(epoch from n * {_STEP}) / 86400 + 0.9)::integer"

#: How the events came: in which batch, and in which order they were written. Mixed, as where nights fill the room that
#: others left.
CAME = {
    "night by night": (_BY_NIGHT, "n"),
    "night by night, half a year mixed": (_BY_NIGHT, "n * 4::bigint / %(rows)s, md5(n::text)"),
    "in one go": ("767", "n"),
    "in one go, in no order": ("767", "md5(n::text)"),
}

#: The same of a month's keys.
BARE_KEYS = """
delete from sync.source_row as held
using {name} as event
where held.source_id = event.source_id and held.key = event.key
"""

#: The days on which one month after the other is due: three after a checkpoint, three without one, and two of which the
#: keys go by the bare statement.
ENDS = [date(2027, month, 1) for month in range(1, 9)]


@dataclass(order=True)
class Taken:
    """Seconds on the clock, and of the processor; the latter a busy machine disturbs less."""

    seconds: float = 0
    processor: float = 0

    def __str__(self) -> str:
        return f"{self.seconds:.2f} s ({self.processor:.2f} of processor)"

    def __add__(self, other: Taken) -> Taken:
        return Taken(self.seconds + other.seconds, self.processor + other.processor)

    def __sub__(self, other: Taken) -> Taken:
        return Taken(self.seconds - other.seconds, self.processor - other.processor)


class House:
    """A PostgreSQL of its own, with databases to fill and copy."""

    def __init__(self, folder: Path) -> None:
        self.data = folder / "pg"
        embedded.start(self.data)

    def timed(self, work: Callable[[], object]) -> Taken:
        """How long it takes."""
        with self.stopwatch() as taken:
            work()
        return taken

    @contextmanager
    def stopwatch(self) -> Iterator[Taken]:
        """How long that takes which is done meanwhile."""
        taken = Taken()
        began, worked = time.perf_counter(), self._processor()
        try:
            yield taken
        finally:
            taken.seconds, taken.processor = time.perf_counter() - began, self._processor() - worked

    def _processor(self) -> float:
        """Seconds of processor that this process and the server have had, sessions that have ended included."""
        postmaster = psutil.Process(int((self.data / "postmaster.pid").read_text().split()[0]))
        mine = time.process_time()
        while True:
            with suppress(psutil.NoSuchProcess):  # a session ended meanwhile; its seconds are its parent's now
                times = [one.cpu_times() for one in postmaster.children()]
                ended = postmaster.cpu_times()
                break
        times.append(ended)
        return mine + ended.children_user + ended.children_system + sum(one.user + one.system for one in times)

    def url(self, name: str) -> str:
        """Of a database."""
        return embedded.url(self.data, name)

    def make(self, name: str, like: str = "template1") -> str:
        """A database, empty or a copy."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"create database {name} template {like}")
            connection.execute("checkpoint")
        return self.url(name)

    def checkpoint(self, name: str) -> None:
        """After which each page is written to the log as a whole when it is first changed."""
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            connection.execute("checkpoint")

    def drop(self, name: str) -> None:
        """Ends a database."""
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(f"drop database {name}")

    def fill(self, name: str, text: str, rows: int) -> None:
        """Runs statements one by one, and describes the tables."""
        with psycopg.connect(self.url(name), autocommit=True) as connection:
            for statement in filter(str.strip, text.split(";\n")):
                connection.execute(statement, {"rows": rows} if "%" in statement else None)
            connection.execute("vacuum analyze")


def delete(url: str, text: str = BARE) -> None:
    """The bare statements, in one transaction."""
    with psycopg.connect(url) as connection:
        connection.execute(text)


def night(url: str, on: date = TODAY) -> int:
    """One night; how many rows went."""
    register = Register(url)
    done = run.apply(register, POLICY, on, today=date(2040, 1, 1))
    register.close()
    return sum(entry.rows for entry in done.done)


def foresee(url: str, on: date) -> None:
    """A look at the thirty days after a date."""
    register = Register(url)
    ahead(register, POLICY, on, 30)
    register.close()


def persons(house: House, rows: int, repeat: int) -> None:
    """A night with a twentieth of the persons due, against the statements alone, in turns on copies of one database."""
    upgrade(house.make("persons"))
    house.fill("persons", PERSONS.replace("n % 20", "n %% 20"), rows)
    night(house.url("persons"), date(2026, 7, 3))  # the night after they were missed: their clocks start
    before = TODAY.replace(month=1, day=1)  # they go on the third
    print(f"persons {rows}: foreseen in {house.timed(partial(foresee, house.url('persons'), before))}")
    ratios = []
    for number in range(repeat):
        ours = house.make(f"ours_{number}", "persons")
        bare = house.make(f"bare_{number}", "persons")
        taken = house.timed(partial(night, ours))
        alone = house.timed(partial(delete, bare))
        left = []
        for url in (ours, bare):
            with psycopg.connect(url) as connection:
                counts = (
                    "select (select count(*) from register.person_record), (select count(*) from sync.source_row), "
                )
                counts += "(select count(*) from register.competence), (select count(*) from register.person)"
                left.append(connection.execute(counts).fetchone())
        assert left[0] == left[1], left
        ratios.append(taken.seconds / alone.seconds)
        of_processor = taken.processor / alone.processor
        print(f"persons {rows}: night {taken}, bare DELETEs {alone}, ratio {ratios[-1]:.2f} ({of_processor:.2f})")
    print(f"persons {rows}: ratio of the median {sorted(ratios)[len(ratios) // 2]:.2f}")


def events(house: House, rows: int, came: str) -> None:
    """Actions of 25 months that came in that way, of which one month after the other falls due."""
    from register import partitions

    name = f"events {came}".replace(" ", "_").replace(",", "")
    url = house.make(name)
    upgrade(url)
    register = Register(url)
    for month in range(25):
        year, number = divmod(2024 * 12 + 11 + month, 12)
        partitions.ahead(register, date(year, number + 1, 1))
    register.close()
    with psycopg.connect(url) as connection:
        connection.execute("insert into sync.customer (name) values ('koe')")
        connection.execute("insert into sync.source (customer_id, name) values (1, 'koe/a'), (1, 'koe/b')")
    batch, order = CAME[came]
    house.fill(name, EVENTS.format(batch=batch, order=order, step=_STEP), rows)
    told = f"events {rows} {came}"
    night(url, date(2026, 12, 31))
    nothing = house.timed(partial(night, url, date(2026, 12, 31)))
    print(f"{told}: a night with nothing due {nothing}")
    print(f"{told}: foreseen in {house.timed(partial(foresee, url, date(2026, 12, 31)))}")
    months: dict[str, list[Taken]] = {"after a checkpoint": [], "without one": []}
    for number, on in enumerate(ENDS):
        if number < 3:
            house.checkpoint(name)
        partition = f"register.action_{on - relativedelta(months=25):%Y_%m_%d}"
        if number >= 6:  # the night has only to drop it
            alone = house.timed(partial(delete, url, BARE_KEYS.format(name=partition)))
            print(f"{told}: bare DELETE of a month's keys {alone}")
        with watched(house, "_drop_detached") as drops, watched(house, "_drop") as all_of_it:
            whole = house.timed(partial(night, url, on))
        dropping = sum(drops, Taken())
        keys = sum(all_of_it, Taken()) - dropping
        after = "after a checkpoint" if number < 3 else "without one"
        if number < 6:
            months[after].append(keys + dropping)
        print(f"{told}: a night with a month due {whole}; keys {keys}, dropping {dropping}, {after}")
    for after, each in months.items():
        print(f"{told}: keys and drop, median of {len(each)} months {after}: {statistics.median_low(each)}")
    house.drop(name)


@contextmanager
def watched(house: House, name: str) -> Iterator[list[Taken]]:
    """How long each call of a function of `register.retention.events` takes, while it lasts."""
    called, calls = getattr(retention_events, name), []

    def timing(*arguments: Any, **named: Any) -> Any:
        with house.stopwatch() as taken:
            calls.append(taken)
            return called(*arguments, **named)

    setattr(retention_events, name, timing)
    try:
        yield calls
    finally:
        setattr(retention_events, name, called)


def main() -> None:
    """Measures and prints."""
    options = asked(__doc__, persons=1_000_000, events=10_000_000)
    folder = Path(tempfile.mkdtemp(prefix="mdo-bench-"))
    try:
        house = House(folder)
        if options.persons:
            persons(house, options.persons, options.repeat)
        if options.events:
            for came in CAME:
                events(house, options.events, came)
    finally:
        embedded.stop(folder / "pg")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
