import CampaignCore
import CampaignFile
import CampaignStore
import Crypto
import Dashboard
import Foundation

/// What the API shows of campaigns, from the database: the documents of the commands.
struct StoredAPI: APISource {
    let reads: StoreReads
    let options: GlobalOptions
    let environmentFile: String?
    let cursors = BlockCursors()

    func version() async throws -> String {
        try await reads { try $0.version() }
    }

    func campaigns() async throws -> [UInt8] {
        let path = options.databasePath
        return try await document { reader in
            let holding = WriterLock.holding(ofDatabase: path)
            return CampaignsDocument(campaigns: try reader.overviews().map { ListedCampaign($0, holding) })
        }
    }

    func campaign(_ name: String) async throws -> [UInt8] {
        let path = options.databasePath
        return try await document { reader in
            try reader.requireCampaign(name)
            return try CampaignStatus(
                reader, of: name, holding: WriterLock.holding(ofDatabase: path), now: SystemEnvironment.now(),
                uptime: SystemEnvironment.uptime())
        }
    }

    func people(of campaign: String, where expression: String?, _ page: APIPage) async throws -> [UInt8] {
        try await document { reader in
            let contacts = try Self.contacts(reader, of: campaign, where: reader.filter(expression, of: campaign), page)
            return PeopleDocument(
                campaign: campaign, columns: try reader.ownColumns(campaign: campaign),
                contacts: contacts.entries.map { ListedContact($0.contact) }, next: contacts.next?.text)
        }
    }

    func person(_ phone: String, of campaign: String) async throws -> [UInt8] {
        try await document { [environmentFile] reader in
            try reader.requireCampaign(campaign)
            let number = try APIPhone.number(phone, field: "phone")
            var report = try NumberReport(reader, campaign: campaign, written: phone, read: .success(number))
            let file = try reader.campaigns().first { $0.name == campaign }?.file ?? ""
            try report.explainWait(reader, now: SystemEnvironment.now()) {
                try CampaignFile.load(
                    file, environmentFile: environmentFile, environment: SystemEnvironment.environment,
                    needsSecrets: false
                ).campaign
            }
            return report
        }
    }

    func doubts(of campaign: String, where expression: String?, _ page: APIPage) async throws -> [UInt8] {
        try await document { reader in
            let own = try reader.filter(expression, of: campaign)
            let doubts = ContactFilter.state(.inDoubt)
            let contacts = try Self.contacts(reader, of: campaign, where: own.map { doubts.and($0) } ?? doubts, page)
            let columns = try reader.ownColumns(campaign: campaign)
            let known = try reader.doubtEvidence(ofContacts: contacts.entries.map(\.id))
            return DoubtsDocument(
                campaign: campaign, columns: columns,
                doubts: contacts.entries.map {
                    Doubt($0.contact, columns, known[$0.id] ?? DoubtEvidence())
                }, next: contacts.next?.text)
        }
    }

    func series(of campaign: String, _ span: SeriesSpan) async throws -> [UInt8] {
        try await document { reader in
            try reader.requireCampaign(campaign)
            let now = SystemEnvironment.now()
            let to = span.to ?? now
            let from = span.from ?? to.advanced(by: .seconds(-86_400))
            guard from < to else { throw RequestRefusal("from", "Write a time before `to`.") }
            let points = try reader.series(
                campaign: campaign, from: from, to: to, bucket: .seconds(60 * (span.minutes ?? 60)))
            return SeriesDocument(campaign: campaign, intervals: points.map(SeriesDocument.Interval.init))
        }
    }

    /// A page of contacts.
    private static func contacts(
        _ reader: StoreReader, of campaign: String, where filter: ContactFilter?, _ page: APIPage
    ) throws -> ContactPage {
        try reader.requireCampaign(campaign)
        let place = try page.cursor.map { text in
            guard let place = ContactPlace(text) else { throw APIFailure.unknownCursor }
            return place
        }
        return try reader.contactPage(campaign: campaign, where: filter, after: place, limit: page.limit)
    }

    /// Reads a document.
    func document<Content: Encodable & SendableMetatype>(
        _ read: @escaping @Sendable (StoreReader) throws -> Content
    ) async throws -> [UInt8] {
        try await APIFailure.translating {
            try await reads { reader in
                try [UInt8](JSONFormat.document(JSONDocument(content: read(reader)), onOneLine: true))
            }
        }
    }
}

/// Where a page of the do-not-call list ends is a number of it, which is not shown to everybody: it goes out encrypted,
/// and comes back before the service ends, or not at all.
struct BlockCursors: Sendable {
    private let key = SymmetricKey(size: .bits256)

    func text(of number: PhoneNumber) throws -> String {
        let sealed = try ChaChaPoly.seal(Array("\(number.identity)".utf8), using: key)
        return Base64URL.text(sealed.combined)
    }

    func number(_ text: String) throws -> PhoneNumber {
        let padded =
            text.replacing("-", with: "+").replacing("_", with: "/")
            + String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        guard let bytes = Data(base64Encoded: padded), let box = try? ChaChaPoly.SealedBox(combined: bytes),
            let opened = try? ChaChaPoly.open(box, using: key),
            let number = Int64(String(decoding: opened, as: UTF8.self)).flatMap(PhoneNumber.init(value:))
        else { throw APIFailure.unknownCursor }
        return number
    }
}
