import CampaignCore
import CampaignStore
import Testing

extension TemporaryDatabase {
    /// A contact of the numbers 0, 1 and 2 whose call to the first was accepted, in a campaign that goes on to the next.
    static func withThreeNumbers(_ body: (TemporaryDatabase, CampaignStore) async throws -> Void) async throws {
        try await with { database in
            try await database.fill(rows: [[0, 1, 2]])
            try await database.opened { store in
                _ = try await store.begin(Sample.start { $0.fallsBack = true })
                try await store.callNext(.accepted)
                try await body(database, store)
                #expect(try database.reader().examine() == [])
            }
        }
    }

    /// Imports a campaign with a contact for each of these rows: its numbers, by ``Sample/phone(_:)``.
    @discardableResult
    func fill(rows: [[Int]], campaign: String = Sample.name) async throws -> [ImportTotals] {
        try await opened { try await $0.add(rows: rows, to: campaign, importRules()) }
    }

    /// The contacts, a text each: the index of the number that is dialed, state, reason.
    func dialed() throws -> [String] {
        try lines("SELECT phone - 5511990000000, state, reason FROM contact ORDER BY id")
    }

    /// The numbers of rows with several, a text each: contact, place, index, why it was left behind.
    func numbers() throws -> [String] {
        try lines(
            "SELECT contact_id, place, phone - 5511990000000, ended FROM contact_phone ORDER BY contact_id, place")
    }

    /// What each attempt dialed, as reports say it.
    func attempts(_ campaign: String = Sample.name) throws -> [PhoneNumber] {
        var phones: [PhoneNumber] = []
        try reader().forEachAttempt(campaign: campaign) { phones.append($0.phone) }
        return phones
    }
}

extension CampaignStore {
    @discardableResult
    func add(
        rows: [[Int]], to campaign: String = Sample.name, _ rules: ImportRules = ImportRules(now: Sample.now)
    ) async throws -> [ImportTotals] {
        try await importLists(campaign: campaign, file: "c.yml", rules) { writer in
            try writer.beginList(file: "lista.csv", columns: ["telefone"])
            for row in rows {
                let phones = try row.map(Sample.phone)
                var contact = ListContact(phone: phones[0], callDuration: nil, own: [phones[0].text])
                contact.further = Array(phones.dropFirst())
                try writer.add(.contact(contact))
            }
        }
    }

    /// Calls the next contact, with this end.
    @discardableResult
    func callNext(_ end: CallEnd, at seconds: Int = 0) async throws -> ClaimedCall? {
        guard let call = try await claim(1, at: Sample.later(seconds)).first else { return nil }
        try await record([end.result(of: call)])
        return call
    }
}

/// How a call ends, as far as its request goes.
enum CallEnd: Hashable, Sendable {
    case accepted
    case refused(RefusalSubject)
    case throttledTooOften
    case inDoubt
    case inDoubtAndRepeated
    case notSent

    func result(of call: ClaimedCall) -> AttemptResult {
        switch self {
        case .accepted: Sample.accepted(call)
        case .refused(let subject):
            Sample.result(
                call, CallReply(verdict: .refused, httpStatus: 400, error: "no", subject: subject), .failed(.refused))
        case .throttledTooOften:
            Sample.result(
                call, CallReply(verdict: .throttled(retryAfter: nil), httpStatus: 429), .failed(.throttledTooOften))
        case .inDoubt: Sample.result(call, CallReply(verdict: .inDoubt(.noReply)), .inDoubt(.noReply))
        case .inDoubtAndRepeated:
            Sample.result(
                call, CallReply(verdict: .inDoubt(.noReply)), .retry(after: .zero, counts: .attempt))
        case .notSent: Sample.result(call, CallReply(verdict: .notSent), .retry(after: .zero, counts: .nothing))
        }
    }
}
