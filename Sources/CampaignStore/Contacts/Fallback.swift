import CampaignCore
import GRDB

/// Calls contacts on the next phone of their row, where the one before is no use and their campaign wants that.
enum Fallback {
    /// A contact whose number has just turned out to be no use.
    private struct Stranded {
        var campaign: Int64
        var identity: Int64
        var phone: Int64
        /// Why its number is no use.
        var reason: String
        var isWanted: Bool
        var isCancelled: Bool
        var isDelisted: Bool
    }

    /// Has a contact that is `failed`, or `excluded` for want of WhatsApp, called on the next phone of its row. Numbers
    /// that cannot be taken are passed over; if there is no other, the contact stays as it is.
    ///
    /// - Parameter isWanted: whether its campaign wants that; nil: as its file said at its last run.
    /// - Returns: whether it has another number, and is `ready`.
    @discardableResult
    static func moveOn(_ db: Database, _ contact: Int64, isWanted: Bool? = nil) throws -> Bool {
        guard let stranded = try stranded(db, contact), isWanted ?? stranded.isWanted else { return false }
        let ready = ReadyRule(
            calls: try PastCallRows.calls(db, of: contact),
            isBlocked: try StopList.block.stops(db, contact), isCancelled: stranded.isCancelled,
            isDelisted: stranded.isDelisted)
        guard try FallbackRule(ready: ready, isHeld: StopList.hold.stops(db, contact)).movesOn else { return false }
        let phones = try ContactPhones.all(db, of: contact)
        guard let current = phones.last(where: { $0.identity == stranded.identity }) else { return false }
        let known = phones.known(now: current.identity)
        for next in phones where next.place > current.place && next.ended == nil {
            guard try isFree(db, next, besides: known, for: contact, campaign: stranded.campaign) else { continue }
            try take(db, next, insteadOf: current, contact, stranded)
            return true
        }
        return false
    }

    /// Undoes that a contact is called on another number, now that a call to one of the others counts after all: as long
    /// as no later number may have been rung, that one is the contact's again. Numbers that have been dialed since stay left
    /// behind, and are not called again; they lead to the contact all the same.
    ///
    /// - Returns: whether it has another number than before; what is known of its calls is then to be read anew.
    @discardableResult
    static func takeBack(_ db: Database, _ contact: Int64, _ calls: ContactCalls) throws -> Bool {
        guard let place = calls.wayBack?.place.map(Int64.init) else { return false }
        // By row.
        let present = try HotStatement(db, "SELECT identity FROM contact_row WHERE id = ?")
        present.bind(contact, at: 1)
        let identity = try present.firstNumber()
        guard let current = try ContactPhones.all(db, of: contact).last(where: { $0.identity == identity }),
            current.place != place
        else { return false }
        // All by primary key.
        try db.execute(
            sql: "UPDATE attempt SET place = :current WHERE contact_id = :contact AND place IS NULL",
            arguments: ["contact": contact, "current": current.place])
        let freed = try Row.fetchAll(
            db,
            sql: """
                DELETE FROM contact_identity
                WHERE campaign_id = (SELECT campaign_id FROM contact_row WHERE id = :contact) AND contact_id = :contact
                    AND identity IN (SELECT identity FROM contact_phone AS later
                        WHERE contact_id = :contact AND place > :place AND NOT \(isDialed("later")))
                RETURNING campaign_id, identity
                """, arguments: ["contact": contact, "place": place])
        // In the form in which it was dialed.
        try db.execute(
            sql: """
                UPDATE contact_phone SET phone = contact.phone,
                    ended = iif(contact.state = 'failed', contact.reason, '\(ContactPhones.notReached)')
                FROM contact_row AS contact
                WHERE contact.id = :contact AND contact_phone.contact_id = :contact AND contact_phone.place = :current
                    AND \(isDialed("contact_phone"))
                """, arguments: ["contact": contact, "current": current.place])
        try db.execute(
            sql: """
                UPDATE contact_phone SET ended = NULL
                WHERE contact_id = :contact AND ended <> '\(ContactPhones.calledRecently)'
                    AND (place = :place OR place > :place AND NOT \(isDialed("contact_phone")))
                """, arguments: ["contact": contact, "place": place])
        try db.execute(
            sql: "UPDATE attempt SET place = NULL WHERE contact_id = :contact AND place = :place",
            arguments: ["contact": contact, "place": place])
        try db.execute(
            sql: """
                UPDATE contact_row SET identity = own.identity, phone = own.phone, whatsapp_at = NULL, lid = NULL
                FROM contact_phone AS own
                WHERE contact_row.id = :contact AND own.contact_id = :contact AND own.place = :place
                """, arguments: ["contact": contact, "place": place])
        for number in freed {
            try StandingBack.callAfterAll(
                db, campaign: number.decode(atIndex: 0), identity: number.decode(atIndex: 1))
        }
        return true
    }

    /// SQL condition: a number that its contact does not have now has been dialed, and it is not certain that the call went
    /// no further than Z-API.
    private static func isDialed(_ number: String) -> String {
        """
        EXISTS (SELECT 1 FROM attempt WHERE attempt.contact_id = \(number).contact_id
            AND attempt.place = \(number).place
            AND \(ContactPhones.mayHaveReachedIt("attempt")))
        """
    }

    private static func stranded(_ db: Database, _ contact: Int64) throws -> Stranded? {
        // All by primary key. Most contacts have only one number.
        let statement = try HotStatement(
            db,
            """
            SELECT contact.campaign_id, contact.identity, contact.phone, contact.reason, campaign.falls_back,
                \(ContactStandings.isCancelled), contact.is_delisted
            FROM contact_phone AS own
            CROSS JOIN contact_row AS contact ON contact.id = own.contact_id
            CROSS JOIN campaign_row AS campaign ON campaign.id = contact.campaign_id
            WHERE own.contact_id = ?1 AND own.place = 0 AND contact.phone < \(PhoneNumber.forgotten.lowerBound)
                AND (contact.state = 'failed' OR contact.state = 'excluded' AND contact.reason = ?2)
            """)
        statement.bind(contact, at: 1)
        statement.bind(ExclusionReason.noWhatsApp.rawValue, at: 2)
        defer { statement.leave() }
        guard try statement.step(), let campaign = statement.number(0), let identity = statement.number(1),
            let phone = statement.number(2), let reason = statement.text(3)
        else { return nil }
        return Stranded(
            campaign: campaign, identity: identity, phone: phone, reason: reason, isWanted: statement.number(4) == 1,
            isCancelled: statement.number(5) == 1, isDelisted: statement.number(6) == 1)
    }

    /// Whether a number may be dialed for a contact: it is not another contact's of the campaign, in any form that the
    /// person is known by, nor is the person another contact by a number that was dialed before, nobody who has it must
    /// not be called, and it was not forgotten.
    ///
    /// - Parameter known: the numbers by which the contact is known so far.
    private static func isFree(
        _ db: Database, _ next: ContactPhone, besides known: [Int64], for contact: Int64, campaign: Int64
    ) throws -> Bool {
        guard !ForgottenNumbers.isHash(next.identity) else { return false }
        let person = try PersonNumbers(db).all(of: known + [next.identity])
        let isTaken = try person.contains { identity in
            guard let holder = try CampaignRows.contact(db, campaign: campaign, identity: identity) else {
                return false
            }
            return identity == next.identity || holder != contact
        }
        guard !isTaken else { return false }
        return try !StopList.allCases.contains { list in try person.contains { try list.stops(db, number: $0) } }
    }

    private static func take(
        _ db: Database, _ next: ContactPhone, insteadOf current: ContactPhone, _ contact: Int64, _ stranded: Stranded
    ) throws {
        // All by primary key.
        try db.execute(
            sql: "INSERT INTO contact_identity (campaign_id, identity, contact_id) VALUES (?, ?, ?)",
            arguments: [stranded.campaign, next.identity, contact])
        // In the form in which it was dialed.
        try db.execute(
            sql: "UPDATE contact_phone SET ended = ?, phone = ? WHERE contact_id = ? AND place = ?",
            arguments: [stranded.reason, stranded.phone, contact, current.place])
        try db.execute(
            sql: "UPDATE attempt SET place = ? WHERE contact_id = ? AND place IS NULL",
            arguments: [current.place, contact])
        try db.execute(
            sql: "UPDATE attempt SET place = NULL WHERE contact_id = ? AND place = ?", arguments: [contact, next.place])
        try db.execute(
            sql: """
                UPDATE contact_row SET identity = :identity, phone = :phone, whatsapp_at = NULL, lid = NULL,
                    state = 'ready', reason = NULL, due_at = 0, tries_used = 0, throttles_in_a_row = 0
                WHERE id = :contact
                """,
            arguments: ["identity": next.identity, "phone": next.phone, "contact": contact])
    }
}
