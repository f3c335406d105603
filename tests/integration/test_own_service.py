"""MDO's own application, ledger and CRM: accounts, events, invoices, contracts, and what users say of themselves."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest
from descriptions import described

from register import explain
from register.matching import run
from register.outranking import Outranked
from schemas.errors import SourceRefused

NIGHT = date(2026, 11, 20)

READ = """
history: true
read: {{type: csv, path: "{register}_{{date}}.csv", decimal: "."}}
guards: {{removed_floor: 1000, changed_floor: 1000, shrink_floor: 1000, rejected_floor: 1000, overlap_floor: 1000}}
"""

USERS = """
key: [user]
records:
  account:
    user_id: user
    username: name
    account_status: state
    mfa_enrolled: mfa
    created_at: created
  person: {last_name: last, first_name: first, work_phone: {column: phone, region: FI}}
  channel_choice:
    - {channel: {constant: email}, opted_out: no_email}
    - {channel: {constant: sms}, opted_out: no_sms}
  marketing_choice: {objection_at: objected}
"""
TASKS = """
key: [task]
records: {necessity_event: {event_id: task, event_kind: kind, started_at: from, ended_at: to}}
"""
POINTS = """
positioning:
  {dpia: DPIA-3, dpia_approved_on: 2026-01-10, dpia_review_on: 2027-01-10, basis: consent, cooperation_on: 2026-01-20}
snapshot: {type: log}
key: [id]
records:
  location:
    user_id: user
    observed_at: at
    necessity_event: task
    latitude: lat
    longitude: lon
    accuracy_m: metres
    trigger_code: why
"""
ACTIONS = """
snapshot: {type: log}
key: [id]
records:
  action:
    {user_id: user, occurred_at: at, action_code: what, object_type: kind, object_id: object, client_network: ip}
"""
MESSAGES = """
snapshot: {type: log}
key: [id]
records: {message: {user_id: user, sent_at: at, channel: by, template_code: template, delivery_status: status}}
"""
LEDGER = """
key: [no]
records:
  invoice:
    invoice_no: no
    company_name: company
    company_business_id: id
    invoice_date: day
    posting_date: posted
    due_date: due
    gross: gross
    currency: currency
    reference_no: ref
  collection: {collection_status: state, reminder_level: reminders, paid_on: paid}
"""
CRM = """
key: [no, product]
records:
  contract: {contract_no: no, product_code: product, opened_on: opened, terminated_on: ended, seller_id: seller}
"""
DIRECTORY = """
key: [nro]
records:
  person: {last_name: Sukunimi, first_name: Etunimi, work_phone: {column: Puhelin, region: FI}}
  account: {username: Tunnus}
"""

USERS_FILE = """user,name,state,mfa,created,last,first,phone,no_email,no_sms,objected
u1,aino@satama.example.com,active,yes,2026-01-05T08:00:00Z,Kuvitelma,Aino,040 555 0001,,kyllä,
u2,eero@satama.example.com,active,no,2026-01-06T08:00:00Z,,,,,,2026-05-01T10:00:00+03:00
"""
TASKS_FILE = """task,kind,from,to
t1,task,2026-11-19T06:00:00Z,2026-11-19T14:00:00Z
t2,emergency,2026-11-19T20:00:00Z,
"""
POINTS_FILE = """id,user,at,task,lat,lon,metres,why
p1,u1,2026-11-19T06:00:00Z,t1,62.2414712,25.7208811,12,check_in
p2,u1,2026-11-19T14:00:01Z,t1,62.24,25.72,12,task_end
p3,u2,2026-11-19T23:30:00Z,t2,62.25,25.73,8,emergency
p4,u9,2026-11-19T07:00:00Z,t1,62.24,25.72,12,check_in
p5,u1,2026-11-19T07:00:00Z,t9,62.24,25.72,12,check_in
p6,u1,2026-08-21T07:00:00Z,t1,62.24,25.72,12,check_in
"""
ACTIONS_FILE = """id,user,at,what,kind,object,ip
a1,u1,2026-10-31T21:59:59Z,task.opened,task,t1,192.0.2.77
a2,u1,2026-10-31T22:00:00Z,task.closed,task,t1,2001:db8:1:2::9
a3,u2,2026-11-01T09:00:00Z,task.opened,task,t2,
a4,u1,2025-11-19T12:00:00Z,task.opened,task,t0,
a5,u1,2026-11-22T09:00:00Z,task.opened,task,t2,
a6,u1,2026-11-05T09:00:00Z,Avasi tehtävän,task,t2,
"""
MESSAGES_FILE = """id,user,at,by,template,status
m1,u1,19.11.2026 klo 8.15,sms,REMINDER-1,delivered
m2,u2,2026-11-19T08:15:00Z,pigeon,REMINDER-1,delivered
"""
LEDGER_FILE = """no,company,id,day,posted,due,gross,currency,ref,state,reminders,paid
1001,Satama Logistiikka Oy,2477525-7,2026-09-01,2026-09-01,2026-09-15,1240.50,eur,1232,paid,,2026-09-14
1002,Satama Logistiikka Oy,2477525-7,2026-10-01,2026-10-01,2026-10-15,-15.00,EUR,,reminded,1,
1003,Satama Logistiikka Oy,2477525-8,2026-11-01,2026-11-01,2026-11-15,10.00,EUR,,open,,
"""
CRM_FILE = """no,product,opened,ended,seller
K-1,MDO-PRO,2026-01-01,,s7
K-1,MDO-SMS,2026-01-01,2026-06-30,s7
"""
DIRECTORY_FILE = """nro;Sukunimi;Etunimi;Puhelin;Tunnus
1;Kuvittelma;Aino;040 555 0099;AINO@satama.example.com
2;Satunen;Eero;040 555 0002;eero@satama.example.com
"""


def own(bench, register: str, rest: str, register_type: str = "application"):
    head = {"customer": "satama", "register": register, "kind": "own_service", "register_type": register_type}
    return bench.source(described(READ.format(register=register) + rest, **head))


def directory(**head: str) -> str:
    """A customer's register of its users."""
    text = READ.format(register="dir") + DIRECTORY
    return described(text, customer="satama", register="dir", register_type="identity_directory", **head)


def sync(bench, source, text: str, night: date = NIGHT):
    bench.put(f"{source.register}_{night}.csv", text)
    return bench.sync(source, night)


def shown(result) -> dict[str, int]:
    return {name: count for name, count in result.counts.items() if count and name not in ("read", "rejected_values")}


def rejected(result) -> set[tuple[str, str]]:
    return {(one.rule, one.column) for one in result.rejected}


@pytest.fixture
def with_users(bench):
    assert shown(sync(bench, own(bench, "users", USERS), USERS_FILE)) == {"inserted": 2}
    assert shown(sync(bench, own(bench, "tasks", TASKS), TASKS_FILE)) == {"inserted": 2}
    return bench


def test_accounts_with_what_their_users_say(with_users) -> None:
    found = with_users.rows("select user_id, username, account_status, mfa_enrolled, origin from register.account")
    assert found == [
        ("u1", "aino@satama.example.com", "active", True, "service_generated"),
        ("u2", "eero@satama.example.com", "active", False, "service_generated"),
    ]
    assert with_users.rows("select key, last_name, work_phone, origin from register.person_record") == [
        ("u1", "Kuvitelma", "+358405550001", "self_reported")
    ]
    assert with_users.rows("select key, part, opted_out from register.channel_choice") == [("u1", "sms", True)]
    assert [key for (key,) in with_users.rows("select key from register.marketing_choice")] == ["u2"]


def test_locations_only_while_a_task_or_emergency_asks_for_them(with_users) -> None:
    result = sync(with_users, own(with_users, "points", POINTS), POINTS_FILE)
    assert shown(result) == {"inserted": 2, "quarantined": 3, "expired": 1}
    assert rejected(result) == {("location.not_necessary", "task"), ("account.unknown", "user")}
    found = with_users.rows("select key, latitude::text, tableoid::regclass::text from register.location order by key")
    assert found == [
        ("p1", "62.24147", "register.location_2026_11_19"),
        ("p3", "62.25000", "register.location_2026_11_20"),  # 1.30 on the 20th in Helsinki
    ]
    reasons = with_users.rows("select row_number, rule from sync.quarantine where key is not null order by 1, 2")
    assert reasons == [
        (3, "location.not_necessary"),
        (5, "account.unknown"),
        (6, "location.not_necessary"),
    ]


def test_only_an_emergency_is_located_to_the_metre(with_users) -> None:
    file = (
        "id,user,at,task,lat,lon,metres,why\n"
        "p1,u1,2026-11-19T06:00:00Z,t1,62.2414712,25.7208811,3,check_in\n"
        "p2,u2,2026-11-19T23:30:00Z,t2,62.2414712,25.7208811,3,emergency\n"
        "p3,u1,2026-11-19T07:00:00Z,t1,62.2414712,25.7208811,10,check_in\n"
    )
    sync(with_users, own(with_users, "points", POINTS), file)
    query = "select latitude::text, longitude::text, accuracy_m from register.location order by key"
    assert with_users.rows(query) == [
        ("62.24150", "25.72090", 10),
        ("62.24147", "25.72088", 3),
        ("62.24147", "25.72088", 10),
    ]


def test_an_unknown_account_is_tried_again_the_next_night(with_users) -> None:
    points = own(with_users, "points", POINTS)
    sync(with_users, points, POINTS_FILE)
    later = NIGHT + timedelta(days=1)
    newcomer = "u9,uusi@satama.example.com,active,no,2026-11-20T08:00:00Z,,,,,,\n"
    sync(with_users, own(with_users, "users", USERS), USERS_FILE + newcomer, later)
    result = sync(with_users, points, POINTS_FILE, later)
    assert shown(result) == {"inserted": 1, "unchanged": 2, "quarantined": 2, "expired": 1}
    assert len(with_users.rows("select 1 from register.location where user_id = 'u9'")) == 1


def test_a_log_takes_nothing_back(with_users) -> None:
    points = own(with_users, "points", POINTS)
    sync(with_users, points, POINTS_FILE)
    later = NIGHT + timedelta(days=1)
    header = POINTS_FILE.splitlines()[0]
    result = sync(with_users, points, f"{header}\np7,u1,2026-11-19T08:00:00Z,t1,62.24,25.72,12,check_in\n", later)
    assert result.status == "applied" and shown(result) == {"inserted": 1}
    assert with_users.rows("select count(*) from sync.source_row where absent_since is not null") == [(0,)]
    assert with_users.rows("select count(*) from register.location") == [(3,)]


def test_actions_carry_a_pseudonym_of_the_month(with_users) -> None:
    result = sync(with_users, own(with_users, "actions", ACTIONS), ACTIONS_FILE)
    assert shown(result) == {"inserted": 3, "quarantined": 2, "expired": 1}
    assert rejected(result) == {("timestamp.future", "at"), ("code.not_a_code", "what")}
    found = with_users.rows(
        "select action.key, held.user_id, held.month, client_network::text, action.tableoid::regclass::text "
        "from register.action join privacy.action_pseudonym as held on held.pseudonym = action.user_id order by 1"
    )
    assert found == [
        ("a1", "u1", date(2026, 10, 1), "192.0.2.0/24", "register.action_2026_10_01"),
        ("a2", "u1", date(2026, 11, 1), "2001:db8:1::/48", "register.action_2026_11_01"),
        ("a3", "u2", date(2026, 11, 1), None, "register.action_2026_11_01"),
    ]
    assert len(with_users.rows("select distinct user_id from register.action")) == 3


def test_the_same_actions_again_keep_their_pseudonyms(with_users) -> None:
    actions = own(with_users, "actions", ACTIONS)
    sync(with_users, actions, ACTIONS_FILE)
    before = with_users.rows("select key, user_id from register.action order by 1")
    with_users.put(f"actions_{NIGHT}.csv", ACTIONS_FILE.replace("task,t1,192.0.2.77", "task,t7,192.0.2.77"))
    assert shown(with_users.sync(actions, NIGHT))["updated"] == 1
    assert with_users.rows("select key, user_id from register.action order by 1") == before


def test_a_dry_run_leaves_no_pseudonym_and_no_partition(with_users) -> None:
    actions = own(with_users, "actions", ACTIONS)
    with_users.activate(actions, NIGHT)
    with_users.put(f"actions_{NIGHT}.csv", ACTIONS_FILE)
    assert shown(with_users.sync(actions, NIGHT, dry_run=True))["inserted"] == 3
    assert with_users.rows("select count(*) from privacy.action_pseudonym") == [(0,)]
    assert with_users.rows("select count(*) from pg_inherits") == [(0,)]


def test_messages(with_users) -> None:
    result = sync(with_users, own(with_users, "messages", MESSAGES), MESSAGES_FILE)
    assert shown(result) == {"inserted": 1, "quarantined": 1}
    assert with_users.rows("select key, sent_at at time zone 'UTC', channel from register.message")[0][2] == "sms"


def test_a_ledger(bench) -> None:
    result = sync(bench, own(bench, "ledger", LEDGER, "ledger"), LEDGER_FILE)
    assert shown(result) == {"inserted": 2, "quarantined": 1}
    assert rejected(result) == {("business_id.invalid", "id")}, "a bill may be to somebody else"
    fields = "key, gross::text, currency, company_business_id, origin"
    found = bench.rows(f"select {fields} from register.invoice order by key")
    assert found == [
        ("1001", "1240.50", "EUR", "2477525-7", "operator"),
        ("1002", "-15.00", "EUR", "2477525-7", "operator"),
    ]
    states = bench.rows("select key, collection_status, reminder_level from register.collection order by 1")
    assert states == [("1001", "paid", None), ("1002", "reminded", 1)]


def test_contracts_with_their_seller(bench) -> None:
    assert shown(sync(bench, own(bench, "crm", CRM, "crm"), CRM_FILE)) == {"inserted": 2}
    assert bench.rows("select product_code, seller_id from register.contract order by 1") == [
        ("MDO-PRO", "s7"),
        ("MDO-SMS", "s7"),
    ]


def test_what_a_user_says_of_himself_outranks_his_employer(bench) -> None:
    """RS-06, in either order of arrival, until the user clears it."""
    employer = bench.source(directory())
    users = own(bench, "users", USERS)

    def believed() -> list[tuple[str, str, str]]:
        ((customer,),) = bench.rows("select id from sync.customer")
        run.match(bench.register, customer)
        return bench.rows(
            "select key, person.last_name, person.work_phone from register.person_record as record "
            "join register.golden_member on record_type = 'person' and record_id = record.id "
            "join register.person on person.id = golden_id where origin = 'customer_register' order by 1"
        )

    sync(bench, employer, DIRECTORY_FILE)
    sync(bench, users, USERS_FILE)
    expected = [("1", "Kuvitelma", "+358405550001"), ("2", "Satunen", "+358405550002")]
    assert believed() == expected
    later = NIGHT + timedelta(days=1)
    sync(bench, employer, DIRECTORY_FILE.replace("040 555 0099", "040 555 0077"), later)
    assert believed() == expected
    sync(bench, users, USERS_FILE.replace("040 555 0001", ""), later)
    assert believed()[0] == ("1", "Kuvitelma", "+358405550077")
    ids = dict(bench.rows("select key, id from register.person_record"))
    with bench.register.transaction() as connection:
        fields = {one.field: one.outranked for one in explain.explain(connection, "person", ids["1"]).fields}
        found = explain.find(connection, "aino@SATAMA.example.com")
    assert fields["last_name"] == Outranked(ids["u1"], "the user says so") and fields["work_phone"] is None
    assert {source for _, _, source in found} == {"satama/dir", "satama/users"}


def test_locations_end_with_the_review_of_their_assessment(with_users) -> None:
    points = own(with_users, "points", POINTS)
    with_users.activate(points, NIGHT)
    with pytest.raises(SourceRefused, match="DPIA-3"):
        sync(with_users, points, POINTS_FILE, date(2027, 1, 11))
    assert with_users.rows("select count(*) from register.location") == [(0,)]


def test_a_processors_record_says_what_its_employer_attests(bench) -> None:
    attested = directory(
        role="processor",
        processing_agreement="DPA-1",
        employees="{collected: statutory, necessity: {person: Calls, person.work_phone: Alarms, account: Signing in}}",
    )
    sync(bench, bench.source(attested), DIRECTORY_FILE)
    ((person, account),) = bench.rows(
        "select person.id, account.id from register.person_record as person "
        "join register.account using (source_id, key) where key = '1'"
    )
    with bench.register.transaction() as connection:
        said = [
            explain.explain(connection, kind, one).attested for kind, one in (("person", person), ("account", account))
        ]
    assert said == ["collected statutory; Calls; person.work_phone: Alarms", "collected statutory; Signing in"]


def test_exports_of_events_in_any_order_make_the_same_register(bench) -> None:
    header = ACTIONS_FILE.splitlines()[0]
    nights = [NIGHT - timedelta(days=2), NIGHT - timedelta(days=1), NIGHT]
    exports = {
        nights[0]: [
            "a1,u1,2026-11-17T09:00:00Z,task.opened,task,t1,",
            "a2,u1,2026-11-17T10:00:00Z,task.opened,task,t1,",
        ],
        nights[1]: [
            "a2,u1,2026-11-17T10:00:00Z,task.opened,task,t2,",
            "a3,u1,2026-11-18T10:00:00Z,task.opened,task,t1,",
        ],
        nights[2]: ["a3,u1,2026-11-18T10:00:00Z,task.opened,task,t3,"],
    }
    found = []
    for place, order in enumerate(itertools.permutations(nights)):
        sources = [own(bench, "users", USERS), own(bench, "actions", ACTIONS)]
        users, actions = (one.model_copy(update={"customer": f"satama-{place}"}) for one in sources)
        bench.put(f"users_{NIGHT}.csv", USERS_FILE)
        bench.sync(users, NIGHT)
        for night in order:
            bench.put(f"actions_{night}.csv", "\n".join([header, *exports[night], ""]))
            assert bench.sync(actions, night).status == "applied"
        found.append(
            bench.rows(
                "select key, object_id from register.action join sync.customer on customer.id = customer_id "
                "where name = %s order by 1",
                f"satama-{place}",
            )
        )
    assert found == [[("a1", "t1"), ("a2", "t2"), ("a3", "t3")]] * 6
