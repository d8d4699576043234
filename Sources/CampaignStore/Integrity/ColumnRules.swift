import CampaignCore
import Foundation
import GRDB

/// What the values that commands decode must be: words of our enums, phones, cells, warm-up lists. SQLite checks none
/// of this in a file that it may only read: it ignores CHECKs there.
enum ColumnRules {
    /// A column whose values must all be of one kind.
    private struct Column {
        var name: String
        /// What its values are, in words that follow “is not”.
        var kind: Phrase
        /// SQL condition that holds for every value that a command can decode; NULL if the value is absent.
        var condition: String
    }

    /// Counts the violations, column by column; each table is read once.
    static func defects(_ db: Database) throws -> [DatabaseDefect] {
        let functions = [isPhone, isKnownAs, isCells, isLadder, areScopes, isDetail]
        for function in functions { db.add(function: function) }
        defer { for function in functions { db.remove(function: function) } }
        return try tables.flatMap { table, columns in
            let counts = columns.map { "count(*) FILTER (WHERE NOT (\($0.condition)))" }.joined(separator: ", ")
            guard let row = try Row.fetchOne(db, sql: "SELECT \(counts) FROM \(table) NOT INDEXED") else {
                return [DatabaseDefect]()
            }
            return try columns.enumerated().compactMap { index, column in
                let count: Int = try row.decode(atIndex: index)
                guard count > 0 else { return nil }
                let name = "\(Schema.name(ofTable: table)).\(column.name)"
                return DatabaseDefect(
                    phrase: Phrase(
                        "\(count) × \(name) is not \(column.kind.english)",
                        "\(count) × \(name) não é \(column.kind.portuguese)"))
            }
        }
    }

    private static let tables: [(String, [Column])] = [
        (
            "contact_row",
            [
                words("state", CallState.self, Phrase("a state", "um estado")),
                Column(
                    name: "reason", kind: Phrase("a reason to exclude", "um motivo de exclusão"),
                    condition:
                        "state <> 'excluded' OR \(words("reason", ExclusionReason.self, Phrase(verbatim: "")).condition)"
                ),
                phone, cells("own"),
                // Some were excluded in favor of another contact, whose number WhatsApp returned for theirs.
                number(unless: "state = 'excluded' AND reason = 'same_whatsapp'"),
                Column(
                    name: "lid", kind: Phrase("an @lid", "um @lid"),
                    condition: "lid IS NULL OR lid < 0 AND is_phone(lid)"),
                words("delivery", Delivery.self, Phrase("a delivery", "uma entrega")),
                words("answer", Answer.self, Phrase("an answer", "um atendimento")),
            ]
        ),
        (
            "attempt",
            [
                words("outcome", AttemptOutcome.self, Phrase("an outcome", "um resultado")),
                words("delivery", Delivery.self, Phrase("a delivery", "uma entrega")),
                words(
                    "delivery_reason", DeliveryFailure.self,
                    Phrase("a reason not to be delivered", "um motivo de não entrega")),
                words("answer", Answer.self, Phrase("an answer", "um atendimento")),
            ]
        ),
        (
            "event",
            [
                words("state", EventState.self, Phrase("a state", "um estado")),
                words("remark", EventRemark.self, Phrase("a remark", "uma observação")),
            ]
        ),
        (
            "reply",
            [
                phone, words("form", Reply.Form.self, Phrase("a form", "uma forma")),
                words("level", ReplyLevel.self, Phrase("a level", "um nível")),
                words("decision", ReplyDecision.self, Phrase("a decision", "uma decisão")),
            ]
        ),
        ("block", [phone, number(unless: "0")]),
        ("duplicate", [phone, words("reason", DuplicateReason.self, Phrase("a reason", "um motivo"))]),
        ("reject", [cells("own")]),
        ("import_row", [cells("columns")]),
        ("campaign_row", [words("activity", RunActivity.Word.self, Phrase("an activity", "uma atividade"))]),
        ("instance", [words("condition", InstanceCondition.Word.self, Phrase("a condition", "uma condição"))]),
        (
            "instance_limit",
            [
                Column(
                    name: "warmup", kind: Phrase("a warm-up ladder", "uma escada de aquecimento"),
                    condition: "warmup IS NULL OR is_ladder(warmup)")
            ]
        ),
        ("dashboard_user", [level]), ("dashboard_session", [level]), ("login_link", [level]),
        (
            "api_token",
            [
                Column(
                    name: "scopes", kind: Phrase("a list of scopes", "uma lista de escopos"),
                    condition: "are_scopes(scopes)")
            ]
        ),
        (
            "action_log",
            [
                words("actor_kind", Actor.Kind.self, Phrase("a kind of user", "um tipo de usuário")),
                words("state", ActionEntry.State.self, Phrase("a state", "um estado")),
                Column(
                    name: "detail", kind: Phrase("what is kept of an action", "o que se guarda de uma ação"),
                    condition: "is_detail(detail)"),
            ]
        ),
    ]

    private static let level = words("level", DashboardLevel.self, Phrase("a level", "um nível"))

    private static let phone = Column(
        name: "phone", kind: Phrase("a phone number", "um número de telefone"), condition: "is_phone(phone)")

    /// The phone that is dialed or shown is also the one that is looked up. Values that are not phones at all are
    /// covered by another rule.
    private static func number(unless exempt: String) -> Column {
        Column(
            name: "phone", kind: Phrase("the number that it is known by", "o número pelo qual é conhecido"),
            condition: "NOT is_phone(phone) OR is_known_as(phone, identity) OR (\(exempt))")
    }

    private static func cells(_ name: String) -> Column {
        Column(
            name: name, kind: Phrase("the cells of a row", "as células de uma linha"), condition: "is_cells(\(name))")
    }

    private static func words<Word: RawRepresentable & CaseIterable>(
        _ name: String, _ type: Word.Type, _ kind: Phrase
    ) -> Column where Word.RawValue == String {
        Column(name: name, kind: kind, condition: "\(name) IN (\(StoredValue.list(type.allCases)))")
    }

    // The functions with which the commands themselves decode.

    private static let isPhone = DatabaseFunction("is_phone", argumentCount: 1, pure: true) { values in
        Int64.fromDatabaseValue(values[0]).flatMap(PhoneNumber.init(value:)) != nil
    }

    private static let isKnownAs = DatabaseFunction("is_known_as", argumentCount: 2, pure: true) { values in
        Int64.fromDatabaseValue(values[0]).flatMap(PhoneNumber.init(value:)).map(\.identity)
            == Int64.fromDatabaseValue(values[1])
    }

    private static let isCells = DatabaseFunction("is_cells", argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0]).flatMap { try? ListColumns.cells($0) } != nil
    }

    private static let isLadder = DatabaseFunction("is_ladder", argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0]).flatMap { try? InstanceRows.stored(gap: nil, cap: nil, warmup: $0) } != nil
    }

    private static let areScopes = DatabaseFunction("are_scopes", argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0]).flatMap { try? TokenRows.scopes($0) } != nil
    }

    private static let isDetail = DatabaseFunction("is_detail", argumentCount: 1, pure: true) { values in
        String.fromDatabaseValue(values[0]).flatMap { try? ActionRows.detail($0) } != nil
    }
}
