package import CampaignCore
import GRDB

/// A defect of a database.
package struct DatabaseDefect: Hashable, Sendable {
    /// What is wrong, in words.
    package var text: String
}

extension StoreReader {
    /// Examines the whole database: its pages, whether its values are what the commands expect, what its rows refer to,
    /// and whether its figures add up. Works during a run, and takes as long as reading the file.
    ///
    /// - Returns: what is wrong; empty when nothing is.
    package func examine() throws(StoreError) -> [DatabaseDefect] {
        do throws(StoreError) {
            let pages = try damagedPages()
            // The content of damaged pages proves nothing.
            guard pages.isEmpty else { return pages }
            if let damage = damageOfLog() { return [damage] }
            if let staleness { return [DatabaseDefect(text: staleness.description)] }
            return try read { db in
                let values = try ColumnRules.defects(db)
                // If a value is already wrong, CHECKs would report the same in other words.
                let conditions = try values.isEmpty ? CheckConstraints.defects(db) : []
                return try values + conditions + Self.rules.flatMap { try $0.defects(db) } + Self.lostReferences(db)
            }
        } catch {
            guard case .corrupt(_, let detail) = error else { throw error }
            return [DatabaseDefect(text: detail)]
        }
    }

    /// What `quick_check` finds.
    func damagedPages() throws(StoreError) -> [DatabaseDefect] {
        try read { db in
            try String.fetchAll(db, sql: "PRAGMA quick_check(20)").filter { $0 != "ok" }.map(DatabaseDefect.init)
        }
    }

    /// What a writer would find in the log when it starts; cannot be determined while there is a writer.
    private func damageOfLog() -> DatabaseDefect? {
        guard WriterLock.holding(ofDatabase: path) == .free, let damage = WriteAheadLog(ofDatabase: path)?.damage(),
            // A writer may have started in the meantime.
            WriterLock.holding(ofDatabase: path) == .free
        else { return nil }
        return DatabaseDefect(text: damage)
    }

    private static func lostReferences(_ db: Database) throws -> [DatabaseDefect] {
        let lost = try Row.fetchAll(
            db, sql: "SELECT \"table\", parent, count(*) FROM pragma_foreign_key_check GROUP BY 1, 2")
        return try lost.map { row in
            let table = Schema.name(ofTable: try row.decode(atIndex: 0))
            let parent = Schema.name(ofTable: try row.decode(atIndex: 1))
            let count = try row.decode(Int.self, atIndex: 2)
            return DatabaseDefect(
                text: "\(count.counted("row")) of \(table) \(count.noun("refers", "refer")) to a missing \(parent)")
        }
    }

    /// A rule that holds in every sound database, with a query that counts the violations.
    private struct Rule {
        var words: @Sendable (Int) -> String
        /// Uses contact_row if contacts of an unfinished import count too.
        var sql: String

        func defects(_ db: Database) throws -> [DatabaseDefect] {
            let count = try Int.fetchOne(db, sql: sql) ?? 0
            return count == 0 ? [] : [DatabaseDefect(text: words(count))]
        }
    }

    private static let rules = [
        Rule(
            words: {
                "\($0.counted("contact")) too many or too few: the states do not add up to what was imported"
            },
            sql: """
                SELECT ifnull(sum(abs(
                    (SELECT count(*) FROM contact WHERE campaign_id = campaign.id)
                    - (SELECT ifnull(sum(accepted), 0) FROM import WHERE campaign_id = campaign.id))), 0) FROM campaign
                """),
        Rule(
            words: { "\($0.counted("kept count")) of contacts \($0.noun("is", "are")) wrong" },
            sql: KeptCounts.wrong),
        Rule(
            words: {
                "\($0.counted("contact")) \($0.noun("is", "are")) missing from the index contact_by_turn, or in it twice"
            },
            sql: """
                SELECT abs((SELECT count(*) FROM contact_row NOT INDEXED)
                    - (SELECT count(state) FROM contact_row INDEXED BY contact_by_turn WHERE campaign_id >= 0))
                """),
        Rule(
            words: { "\($0.counted("number")) \($0.noun("belongs", "belong")) to no contact" },
            // A contact that got WhatsApp's form of its number is still known by the old one too, and one that is called
            // on the next phone of its row by those before.
            sql: """
                SELECT count(*) FROM contact_identity AS known LEFT JOIN contact_row AS contact ON contact.id = known.contact_id
                WHERE contact.campaign_id IS NOT known.campaign_id
                    OR contact.identity <> known.identity AND contact.whatsapp_at IS NULL AND NOT EXISTS (
                        SELECT 1 FROM contact_phone AS former WHERE former.contact_id = contact.id
                            AND former.identity = known.identity AND former.ended IS NOT NULL)
                """),
        Rule(
            words: {
                "\($0.counted("contact")) cannot be found by \($0.noun("its number", "their numbers"))"
            },
            // The identity may belong to a contact that was excluded in favor of this one, since WhatsApp treats the
            // two numbers as one; or to one that is called on this one's number.
            sql: """
                SELECT count(*) FROM contact LEFT JOIN contact_identity AS known
                    ON known.campaign_id = contact.campaign_id AND known.identity = contact.identity
                LEFT JOIN contact_row AS holder ON holder.id = known.contact_id
                WHERE known.contact_id IS NOT contact.id
                    AND NOT ifnull(holder.state = 'excluded' AND holder.reason = 'same_whatsapp', 0)
                    AND NOT (\(StandingBack.condition("contact")) AND EXISTS (
                        SELECT 1 FROM contact_phone AS further WHERE further.contact_id = known.contact_id
                            AND further.identity = contact.identity AND further.place > 0))
                """),
        Rule(
            words: {
                "\($0.counted("contact")) \($0.noun("is", "are")) dialed under a number that its row does not have"
            },
            // A number that was left behind comes before the present one, unless that was reached after all, and leads to
            // the contact all the same; one that is passed over is neither.
            sql: """
                SELECT count(*) FROM (SELECT DISTINCT contact_id FROM contact_phone) AS several
                JOIN contact_row AS contact ON contact.id = several.contact_id
                LEFT JOIN contact_phone AS own ON own.contact_id = contact.id AND own.identity = contact.identity
                WHERE own.place IS NULL OR own.ended IS NOT NULL
                    OR NOT EXISTS (SELECT 1 FROM contact_phone WHERE contact_id = contact.id AND place = 0)
                    OR EXISTS (
                        SELECT 1 FROM contact_phone AS former WHERE former.contact_id = contact.id
                            AND former.ended <> '\(ContactPhones.calledRecently)'
                            AND (former.place > own.place AND NOT EXISTS (
                                SELECT 1 FROM attempt WHERE attempt.contact_id = contact.id
                                    AND attempt.place = former.place) OR NOT EXISTS (
                                SELECT 1 FROM contact_identity AS known WHERE known.campaign_id = contact.campaign_id
                                    AND known.identity = former.identity AND known.contact_id = contact.id)))
                """),
        Rule(
            words: { "\($0.counted("attempt")) dialed a number that its contact never had" },
            sql: """
                SELECT count(*) FROM attempt LEFT JOIN contact_phone AS dialed
                    ON dialed.contact_id = attempt.contact_id AND dialed.place = attempt.place
                WHERE attempt.place IS NOT NULL
                    AND (dialed.place IS NULL OR dialed.ended IS NULL AND \(ContactPhones.mayHaveReachedIt("attempt")))
                """),
        Rule(
            words: { "\($0.counted("row")) too many or too few in the table store" },
            sql: "SELECT abs(count(*) - 1) FROM store"),
        Rule(
            words: {
                "\($0.counted("contact")) \($0.noun("counts", "count")) more or fewer attempts than there are"
            },
            sql: """
                SELECT count(*) FROM contact LEFT JOIN
                    (SELECT contact_id, count(*) AS made, max(number) AS last FROM attempt GROUP BY contact_id) AS list
                    ON list.contact_id = contact.id
                WHERE contact.attempts <> ifnull(made, 0) OR contact.attempts <> ifnull(last, 0)
                """),
        Rule(
            words: { "\($0.counted("contact")) \($0.noun("shows", "show")) an outcome that none of its calls has" },
            sql: """
                SELECT count(*) FROM contact WHERE attempts > 0 AND NOT EXISTS (
                    SELECT 1 FROM attempt WHERE contact_id = contact.id AND contact.delivery IS attempt.delivery
                        AND contact.delivery_error IS attempt.delivery_error AND contact.answer IS attempt.answer
                        AND contact.answered_at IS attempt.answered_at)
                """),
        Rule(
            words: { "\($0.counted("person", "people")) \($0.noun("is", "are")) held by a reply that is decided" },
            sql: """
                SELECT count(DISTINCT hold.identity) FROM hold LEFT JOIN reply ON reply.id = hold.reply_id
                WHERE reply.level IS NOT 'review' OR reply.decision IS NOT NULL
                """),
        Rule(
            words: { "\($0.counted("contact")) \($0.noun("is", "are")) being dialed without an open intent" },
            sql: """
                SELECT count(*) FROM contact LEFT JOIN attempt
                    ON attempt.contact_id = contact.id AND attempt.number = contact.attempts
                WHERE state = 'dialing' AND (attempt.contact_id IS NULL OR attempt.outcome IS NOT NULL)
                """),
    ]
}
