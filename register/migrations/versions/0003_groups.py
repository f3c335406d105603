"""Makes the tables of the other data groups: billing, contracts, accounts, choices, and the parted ones of events.

Revision 0003, after 0002.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

TEXT, DAY, INSTANT, YES_NO, INTEGER = sa.Text(), sa.Date(), sa.DateTime(timezone=True), sa.Boolean(), sa.Integer()
AMOUNT, DEGREES, NETWORK = sa.Numeric(14, 2), sa.Numeric(8, 5), postgresql.CIDR()

POLICY = """
create policy by_customer on {table}
using (customer_id = nullif(current_setting('mdo.customer_id', true), '')::int)
"""

#: RS-06: what a user says of himself outranks what his employer's register says of him, until he clears it. Whom the
#: two records speak of is told by the account alone: the same user name, or the same subject of the same provider.
PERSON_VALUE = """
create view register.person_value with (security_invoker = true) as
select
  person.id, person.customer_id, person.source_id, person.key,
  coalesce(said.last_name, person.last_name) as last_name,
  coalesce(said.first_name, person.first_name) as first_name,
  coalesce(said.work_email, person.work_email) as work_email,
  coalesce(said.work_phone, person.work_phone) as work_phone,
  coalesce(said.notice_language, person.notice_language) as notice_language,
  said.id as self_reported_id
from register.person_record as person
left join register.account as account on account.source_id = person.source_id and account.key = person.key
left join lateral (
  select own.*
  from register.account as own_account
  join register.person_record as own on own.source_id = own_account.source_id and own.key = own_account.key
  where own_account.customer_id = person.customer_id
    and own.origin = 'self_reported'
    and (
      lower(own_account.username) = lower(account.username)
      or (own_account.idp_issuer, own_account.idp_subject) = (account.idp_issuer, account.idp_subject)
    )
  order by own.last_changed desc, own.id
  limit 1
) as said on true
where person.origin = 'customer_register'
"""


def upgrade() -> None:
    """Goes forward."""
    op.execute("create sequence register.event_id")
    op.add_column(
        "company_record",
        sa.Column(
            "is_sole_trader", YES_NO, nullable=True, comment="Sole trader: then the company is a person / Toiminimi"
        ),
        schema="register",
    )
    op.create_table(
        "action_pseudonym",
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column(
            "month", DAY, nullable=False, comment="The first day of the month, in local time, for which it stands"
        ),
        sa.Column("user_id", TEXT, nullable=False, comment="The service's own user id"),
        sa.Column("pseudonym", TEXT, nullable=False, comment="What actions carry instead: a random UUID"),
        sa.PrimaryKeyConstraint("customer_id", "month", "user_id", name=op.f("pk_action_pseudonym")),
        sa.UniqueConstraint("pseudonym", name=op.f("uq_action_pseudonym_pseudonym")),
        schema="privacy",
        comment="Whose actions those of a month are; when it goes, they are nobody's (R6). Retention: R6.",
    )
    op.execute(POLICY.format(table="privacy.action_pseudonym"))
    _record_table(
        "billing",
        _field("street", TEXT, "Billing street or box / Laskutusosoite"),
        _field("postal_code", TEXT, "Postal code / Postinumero"),
        _field("city", TEXT, "City / Postitoimipaikka"),
        _field("country", TEXT, "Billing country (ISO 3166-1) / Laskutusmaa"),
        _field("einvoice_address", TEXT, "Electronic invoice address / Verkkolaskuosoite"),
        _field("einvoice_operator", TEXT, "Electronic invoice operator / Verkkolaskuoperaattori"),
        _field(
            "billing_contact",
            TEXT,
            "The billing contact's own key in the customer's registers (RS-26) / Laskutuksen yhteyshenkilön tunniste",
        ),
        about="G2: How the row's company is billed. Retention: R1.",
    )
    _record_table(
        "invoice",
        _field("invoice_no", TEXT, "Invoice number / Laskun numero", required=True),
        _field("company_name", TEXT, "Company invoiced / Laskutettu yritys", required=True),
        _field("company_business_id", TEXT, "Its Finnish business id / Laskutetun Y-tunnus"),
        _field("invoice_date", DAY, "Invoice date / Laskun päivä", required=True),
        _field(
            "posting_date",
            DAY,
            "Posting date; its financial year sets the retention (R2a) / Kirjauspäivä",
            required=True,
        ),
        _field("net", AMOUNT, "Net amount / Veroton"),
        _field("vat", AMOUNT, "Value added tax / Vero"),
        _field("gross", AMOUNT, "Gross amount / Yhteensä", required=True),
        _field("currency", TEXT, "Currency (ISO 4217) / Valuutta", required=True),
        _field("reference_no", TEXT, "Payment reference / Viitenumero"),
        _field("due_date", DAY, "Due date / Eräpäivä"),
        about="G2: One invoice or credit note; a voucher of the books. Retention: R2a.",
    )
    _record_table(
        "collection",
        _field("collection_status", TEXT, "State of collection / Perinnän tila", required=True),
        _field("reminder_level", INTEGER, "Reminders sent / Maksukehotuksia"),
        _field("reminder_sent_on", DAY, "Last reminder sent on / Maksukehotus lähetetty"),
        _field("limitation_interrupted_on", DAY, "Limitation interrupted on (728/2003 10 §) / Vanhentuminen katkaistu"),
        _field("enforcement_title_on", DAY, "Enforcement title given on / Ulosottoperuste annettu"),
        _field("paid_on", DAY, "Paid on / Maksettu"),
        _field("closed_on", DAY, "Closed on: paid, written off or time-barred (R2c) / Perintä päättynyt"),
        about="G2: The collection of the row's invoice. Retention: R2c.",
    )
    _record_table(
        "contract",
        _field("contract_no", TEXT, "Contract number / Sopimuksen numero", required=True),
        _field("product_code", TEXT, "Product code / Tuote"),
        _field("service_code", TEXT, "Service code / Palvelu"),
        _field("termination_code", TEXT, "Termination code / Päättymisen syy"),
        _field("seller_id", TEXT, "Seller (MDO's employee) / Myyjän tunnus"),
        _field("seller_org", TEXT, "Seller's unit / Myyjän yksikkö"),
        _field("opened_on", DAY, "Opened on / Avattu"),
        _field("terminated_on", DAY, "Terminated on / Irtisanottu"),
        about="G3: One contract, or one product of it. Retention: R3.",
    )
    _record_table(
        "account",
        _field("user_id", TEXT, "The service's own user id / Käyttäjän tunnus palvelussa"),
        _field("username", TEXT, "User name / Käyttäjätunnus"),
        _field("idp_issuer", TEXT, "Identity provider / Tunnistuspalvelu"),
        _field("idp_subject", TEXT, "Subject at the identity provider / Tunnus tunnistuspalvelussa"),
        _field("account_status", TEXT, "State of the account / Tunnuksen tila"),
        _field("mfa_enrolled", YES_NO, "Multi-factor enrolled / Monivaiheinen tunnistus"),
        _field("created_at", INSTANT, "Created at / Luotu"),
        _field("last_login_at", INSTANT, "Last login at / Viimeksi kirjautunut"),
        _field("closed_at", INSTANT, "Closed at / Suljettu"),
        about="G4: One account; with a person record where the row gives one. Retention: R4b.",
    )
    _record_table(
        "channel_choice",
        _field("channel", TEXT, "Channel / Viestikanava", required=True),
        _field("opted_out", YES_NO, "Opted out / Kielletty"),
        _field("chosen_at", INSTANT, "Chosen at / Valittu"),
        about="G3: One choice of the row's account; the channel tells the parts of a row apart. Retention: R3b.",
    )
    _record_table(
        "marketing_choice",
        _field("evidence_ref", TEXT, "Reference of the evidence / Todisteen viite"),
        _field("consent_at", INSTANT, "Consented at / Suostumus"),
        _field("objection_at", INSTANT, "Objected at / Vastustus"),
        about="G3: The consent or objection of the row's account. Retention: R3b.",
    )
    _record_table(
        "necessity_event",
        _field("event_id", TEXT, "Event id / Tapahtuman tunnus", required=True),
        _field("event_kind", TEXT, "Task or emergency / Laji", required=True),
        _field("started_at", INSTANT, "Started at / Alkoi", required=True),
        _field("ended_at", INSTANT, "Ended at; empty while it lasts / Päättyi"),
        about="G5: One task or emergency during which locations may be stored. Retention: R5.",
    )
    _record_table(
        "location",
        _field("user_id", TEXT, "The service's own user id / Käyttäjän tunnus palvelussa", required=True),
        _field("observed_at", INSTANT, "Observed at / Havaittu", required=True),
        _field("necessity_event", TEXT, "Event that asked for it / Tapahtuma, joka vaati sijainnin", required=True),
        _field("latitude", DEGREES, "Latitude (WGS 84) / Leveysaste", required=True),
        _field("longitude", DEGREES, "Longitude (WGS 84) / Pituusaste", required=True),
        _field("accuracy_m", INTEGER, "Accuracy (m) / Tarkkuus (m)"),
        _field("trigger_code", TEXT, "What triggered it / Aiheuttaja", required=True),
        _field("municipality", TEXT, "Municipality code, if the service gives one / Kuntanumero"),
        about="G5: One point of one account. Retention: R5.",
        happened="observed_at",
    )
    _record_table(
        "action",
        _field(
            "user_id",
            TEXT,
            "Pseudonym of the service's user id in that month / Käyttäjän kuukausikohtainen peitetunnus",
            required=True,
        ),
        _field("occurred_at", INSTANT, "Occurred at / Tapahtui", required=True),
        _field("action_code", TEXT, "Action code / Toimenpide", required=True),
        _field("object_type", TEXT, "Kind of object / Kohteen laji"),
        _field("object_id", TEXT, "Object id / Kohteen tunnus"),
        _field("client_network", NETWORK, "Client's network (/24 or /48) / Verkko, josta toimittiin"),
        about="G6: One action of one account. Retention: R6.",
        happened="occurred_at",
    )
    _record_table(
        "message",
        _field("user_id", TEXT, "The service's own user id / Käyttäjän tunnus palvelussa", required=True),
        _field("sent_at", INSTANT, "Sent at / Lähetetty", required=True),
        _field("channel", TEXT, "Channel / Viestikanava", required=True),
        _field("template_code", TEXT, "Template code / Viestipohja", required=True),
        _field("delivery_status", TEXT, "Delivery / Toimitus"),
        _field("related_invoice_no", TEXT, "Invoice it reminds of / Laskun numero"),
        about="G7: One message to one account. Retention: R7.",
        happened="sent_at",
    )
    op.create_index(
        op.f("ix_account_customer_id_user_id"), "account", ["customer_id", "user_id"], unique=False, schema="register"
    )
    op.create_index(
        op.f("ix_necessity_event_customer_id_event_id"),
        "necessity_event",
        ["customer_id", "event_id"],
        unique=False,
        schema="register",
    )
    op.execute(PERSON_VALUE)


def _field(name: str, kind: sa.types.TypeEngine, about: str, *, required: bool = False) -> sa.Column:
    return sa.Column(name, kind, nullable=not required, comment=about)


def _record_table(name: str, *fields: sa.Column, about: str, happened: str | None = None) -> None:
    """A table of records with the provenance that all of them carry; an event's is parted by its time."""
    if happened:
        next_id = sa.text("nextval('register.event_id')")
        identity = sa.Column(
            "id", sa.BigInteger(), server_default=next_id, nullable=False, comment="Stable id of the record"
        )
    else:
        identity = sa.Column(
            "id", sa.BigInteger(), sa.Identity(always=True), nullable=False, comment="Stable id of the record"
        )
    when = [happened] if happened else []
    op.create_table(
        name,
        identity,
        sa.Column("customer_id", sa.Integer(), nullable=False, comment="The customer whose row this is"),
        sa.Column("source_id", sa.Integer(), nullable=False, comment="The source it came from"),
        sa.Column("key", TEXT, nullable=False, comment="The customer's own key of the row; personal"),
        sa.Column("part", TEXT, server_default="", nullable=False, comment="Tells several records of one row apart"),
        *fields,
        sa.Column("first_batch", sa.BigInteger(), nullable=False, comment="The batch that brought the record"),
        sa.Column("first_row", sa.BigInteger(), nullable=False, comment="Its row in that batch's file"),
        sa.Column("changed_batch", sa.BigInteger(), nullable=False, comment="The last batch that changed a field"),
        sa.Column("changed_row", sa.BigInteger(), nullable=False, comment="Its row in that batch's file"),
        sa.Column("first_seen", DAY, nullable=False, comment="Business date of the first batch"),
        sa.Column("last_changed", DAY, nullable=False, comment="Business date of the last change"),
        sa.Column("origin", TEXT, nullable=False, comment="Who supplied it (RS-06)"),
        sa.Column("processing_role", TEXT, nullable=False, comment="MDO's role: controller or processor"),
        sa.Column("legal_basis", TEXT, nullable=False, comment="Legal basis code and reference"),
        sa.Column("retention_trigger", DAY, nullable=True, comment="The day its retention clock starts; null: active"),
        sa.PrimaryKeyConstraint("id", *when, name=op.f(f"pk_{name}")),
        sa.UniqueConstraint(
            "source_id", "key", "part", *when, name=op.f("_".join([f"uq_{name}_source_id_key_part", *when]))
        ),
        schema="register",
        comment=about,
        postgresql_partition_by=f"range ({happened})" if happened else None,
    )
    op.execute(POLICY.format(table=f"register.{name}"))
