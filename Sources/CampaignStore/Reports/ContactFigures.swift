import CampaignCore
import GRDB

/// Counts the contacts of a campaign, each read once, in the order of the lists.
struct ContactFigures {
    private let db: Database
    private let campaign: Int64

    init(_ db: Database, campaign: Int64) {
        self.db = db
        self.campaign = campaign
    }

    /// - Returns: how many share a state and a reason, the most frequent first.
    func add(to statistics: inout CampaignStatistics, by column: String?) throws -> [ReasonCount] {
        var reasons: [StateReason: Int] = [:]
        var values = column.map(ColumnFigures.init)
        var places: [String: Int] = [:]
        // A part of the table in its own order.
        let contacts = try HotStatement(
            db,
            """
            SELECT state, reason, attempts, phone, answer, \(try value(of: column)) FROM contact
            WHERE \(ContactRange.condition) ORDER BY id
            """)
        contacts.bind(try ContactRange(db, campaign: campaign).numbers)
        while try contacts.step() {
            guard let word = contacts.text(0), let attempts = contacts.number(2), let phone = contacts.number(3) else {
                continue
            }
            let state: CallState = try StoredValue.word(word)
            let reason = contacts.text(1)
            statistics.contactsByAttempts[Int(attempts), default: 0] += 1
            let place = StateReason(state, reason ?? "")
            let count = reasons[place, default: 0] + 1
            reasons[place] = count
            if reason != nil, count <= CampaignStatistics.maxExamples {
                statistics.examples[place, default: []].append(try StoredValue.phone(phone))
            }
            values?.count(contacts.text(5) ?? "", state, contacts.text(4), places: &places)
        }
        values?.values.sort { ($1.counts.total, $0.text) < ($0.counts.total, $1.text) }
        statistics.values = values
        return reasons.map { ReasonCount(state: $0.state, reason: $0.reason, contacts: $1) }.sorted {
            ($1.contacts, $0.state.rawValue, $0.reason) < ($0.contacts, $1.state.rawValue, $1.reason)
        }
    }

    /// The SQL of a contact's own cell in this column; the lists of a campaign may have it in different places.
    private func value(of column: String?) throws -> String {
        guard let column else { return "NULL" }
        let places = try Row.fetchAll(
            db,
            sql: """
                SELECT import.id, min(own.key) FROM import, json_each(import.columns) AS own
                WHERE import.campaign_id = :campaign AND own.value = :column GROUP BY import.id
                """,
            arguments: ["campaign": campaign, "column": column]
        ).map { row in
            let (list, place): (Int64, Int) = (try row.decode(atIndex: 0), try row.decode(atIndex: 1))
            return "WHEN \(list) THEN '$[\(place)]'"
        }
        guard !places.isEmpty else { return "NULL" }
        return "json_extract(own, CASE import_id \(places.joined(separator: " ")) END)"
    }
}

extension ColumnFigures {
    /// Counts a contact.
    ///
    /// - Parameter places: where each value is.
    fileprivate mutating func count(
        _ text: String, _ state: CallState, _ answer: String?, places: inout [String: Int]
    ) {
        guard !hasTooMany else { return }
        let place = places[text] ?? places.count
        guard place < Self.maxValues else {
            hasTooMany = true
            values = []
            return
        }
        if places.updateValue(place, forKey: text) == nil { values.append(Value(text: text)) }
        values[place].counts[state] += 1
        switch answer {
        case Answer.answered.rawValue?: values[place].answered += 1
        case Answer.notAnswered.rawValue?: values[place].notAnswered += 1
        default: break
        }
    }
}
