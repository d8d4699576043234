package import CampaignCore
import GRDB

extension StoreReader {
    /// Waiting contacts for which Z-API has not yet been asked whether they have WhatsApp; an `@lid` always has.
    ///
    /// - Parameters:
    ///   - contact: only contacts after this one, in the order of the lists; 0 for the first.
    ///   - limit: the maximum number.
    package func uncheckedContacts(
        campaign name: String, after contact: Int64, limit: Int
    ) throws(StoreError) -> [(id: Int64, phone: PhoneNumber)] {
        try read { db in
            // The table from that row on, in its own order: each contact is read once in total.
            try Row.fetchAll(
                db,
                sql: """
                    SELECT id, phone FROM contact
                    WHERE id > :contact AND campaign_id = :campaign AND +state = 'ready' AND whatsapp_at IS NULL
                        AND phone > 0
                    ORDER BY id LIMIT :limit
                    """,
                arguments: [
                    "contact": contact, "campaign": try CampaignRows.id(db, named: name), "limit": limit,
                ]
            ).map { (try $0.decode(atIndex: 0), try StoredValue.phone($0.decode(atIndex: 1))) }
        }
    }
}

extension CampaignStore {
    /// Records Z-API's answers for waiting contacts: those without WhatsApp are excluded, and the others get WhatsApp's
    /// own form of their number. A form that is a different number belongs to someone else: it is counted and ignored.
    ///
    /// - Parameter fallsBack: whether those without are called on the next phone of their row, if there is one.
    package func noteWhatsApp(
        campaign name: String, answers: [(contact: Int64, answer: WhatsAppAnswer)], fallsBack: Bool = false,
        now: Timestamp
    ) async throws(StoreError) -> WhatsAppTotals {
        try await write { [blockFeed] db in
            _ = try CampaignRows.id(db, named: name)
            let people = PersonLinks(db, blockFeed)
            var totals = WhatsAppTotals()
            for (contact, answer) in answers {
                let reason: ExclusionReason?
                switch answer {
                case .absent:
                    totals.absent += 1
                    reason = .noWhatsApp
                case .present(let form, let lid):
                    totals.present += 1
                    reason = nil
                    let isSame = try Self.take(db, form, for: contact, &totals)
                    if isSame, let lid { try Self.take(db, lid: lid, for: contact, people, now: now) }
                }
                try db.cachedStatement(
                    sql: """
                        UPDATE contact_row SET whatsapp_at = ?, state = iif(? IS NULL, state, 'excluded'), reason = ?
                        WHERE id = ? AND state = 'ready'
                        """
                ).execute(arguments: [now.milliseconds, reason?.rawValue, reason?.rawValue, contact])
                if reason != nil, fallsBack, try Fallback.moveOn(db, contact, isWanted: true) { totals.movedOn += 1 }
            }
            return totals
        }
    }

    /// Gives a waiting contact WhatsApp's form of its number, if it is the same phone.
    ///
    /// - Returns: whether it is.
    private static func take(
        _ db: Database, _ form: PhoneNumber, for contact: Int64, _ totals: inout WhatsAppTotals
    ) throws -> Bool {
        let statement = try db.cachedStatement(sql: "SELECT phone FROM contact WHERE id = ?")
        guard let value = try Int64.fetchOne(statement, arguments: [contact]) else { return false }
        let phone = try StoredValue.phone(value)
        guard phone.identity == form.identity else {
            totals.ignore(form, for: phone)
            return false
        }
        try db.cachedStatement(
            sql: "UPDATE contact_row SET phone = ?1 WHERE id = ?2 AND state = 'ready' AND phone <> ?1"
        ).execute(arguments: [form.value, contact])
        totals.rewritten += db.changesCount
        return true
    }

    /// Keeps the `@lid` of a contact, under which its events may come. If somebody has opted out under the one already,
    /// that holds for the other.
    private static func take(
        _ db: Database, lid: PhoneNumber, for contact: Int64, _ people: PersonLinks, now: Timestamp
    ) throws {
        guard lid.isLid else { return }
        // By rowid.
        let identity = try Int64.fetchOne(
            db, sql: "UPDATE contact_row SET lid = :lid WHERE id = :contact RETURNING identity",
            arguments: ["lid": lid.value, "contact": contact])
        if let identity, identity > 0 { try people.learn(identity, lid: lid.value, at: now) }
    }
}

/// The result of asking whether contacts have WhatsApp.
package struct WhatsAppTotals: Hashable, Sendable, Codable {
    /// A number, and a different one that Z-API returned for it.
    package struct OtherLine: Hashable, Sendable, Codable {
        /// The contact's number, which it keeps.
        package var phone: PhoneNumber
        /// What Z-API returned.
        package var outputPhone: PhoneNumber
    }

    /// Maximum number of examples kept.
    private static let maxExamples = 5

    /// Contacts that have WhatsApp.
    package var present = 0
    /// Of these, those whose number WhatsApp writes differently; that form is dialed from now on.
    package var rewritten = 0
    /// Contacts that do not have WhatsApp.
    package var absent = 0
    /// Of these, those that are called on the next phone of their row.
    package var movedOn = 0
    /// Of those that have it, those for which Z-API returned a different number, which was ignored.
    package var ignored = 0
    /// The first of these.
    package var ignoredExamples: [OtherLine] = []
    /// Contacts for which Z-API returned nothing, or nothing that can be understood.
    package var unanswered = 0

    /// Before the first question.
    package init() {}

    /// Adds the figures of another question.
    package mutating func add(_ other: WhatsAppTotals) {
        present += other.present
        rewritten += other.rewritten
        absent += other.absent
        movedOn += other.movedOn
        ignored += other.ignored
        ignoredExamples = Array((ignoredExamples + other.ignoredExamples).prefix(Self.maxExamples))
        unanswered += other.unanswered
    }

    mutating func ignore(_ form: PhoneNumber, for phone: PhoneNumber) {
        ignored += 1
        guard ignoredExamples.count < Self.maxExamples else { return }
        ignoredExamples.append(OtherLine(phone: phone, outputPhone: form))
    }
}
