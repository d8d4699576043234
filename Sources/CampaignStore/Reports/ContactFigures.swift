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

    func add(to statistics: inout CampaignStatistics, by column: String?) throws {
        var values = column.map(ColumnFigures.init)
        var places: [String: Int] = [:]
        // The table in its own order.
        let contacts = try HotStatement(
            db,
            """
            SELECT state, reason, attempts, phone, answer, \(try value(of: column)) FROM contact
            WHERE campaign_id = ? ORDER BY id
            """)
        contacts.bind(campaign, at: 1)
        while try contacts.step() {
            guard let word = contacts.text(0), let attempts = contacts.number(2), let phone = contacts.number(3) else {
                continue
            }
            let state: CallState = try StoredValue.word(word)
            statistics.contactsByAttempts[Int(attempts), default: 0] += 1
            if let reason = contacts.text(1) {
                var examples = statistics.examples[StateReason(state, reason)] ?? []
                if examples.count < CampaignStatistics.maxExamples {
                    examples.append(try StoredValue.phone(phone))
                    statistics.examples[StateReason(state, reason)] = examples
                }
            }
            guard values?.hasTooMany == false else { continue }
            let text = contacts.text(5) ?? ""
            let place = places[text] ?? places.count
            guard place < ColumnFigures.maxValues else {
                values?.hasTooMany = true
                values?.values = []
                continue
            }
            if places[text] == nil {
                places[text] = place
                values?.values.append(ColumnFigures.Value(text: text))
            }
            values?.values[place].counts[state] += 1
            switch contacts.text(4) {
            case Answer.answered.rawValue?: values?.values[place].answered += 1
            case Answer.notAnswered.rawValue?: values?.values[place].notAnswered += 1
            default: break
            }
        }
        values?.values.sort { ($1.counts.total, $0.text) < ($0.counts.total, $1.text) }
        statistics.values = values
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
