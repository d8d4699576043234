import CampaignCore
import CampaignStore
import Dashboard

/// What became of each contact that a program has sent.
struct ContactVerdicts: Encodable {
    enum Word: String, Encodable, CaseIterable {
        /// It is a contact of the campaign now, and waits to be called.
        case added
        /// It is a contact now, and is not called: the number is on the do-not-call list.
        case blocked
        /// It is a contact now, and is not called, for another reason.
        case excluded
        case alreadyInCampaign = "already_in_campaign"
        /// The number stands further up in the same request.
        case repeated
        case calledRecently = "called_recently"
        /// There is no number to call, or something else in the row cannot be used.
        case rejected
        /// The row has no content.
        case blank
    }

    struct Verdict: Encodable {
        /// The line of the body on which the row begins; of a JSON list, its place, from 1.
        var line: Int
        var verdict: Word
        /// As it will be dialed.
        var phone: String?
        var reason: String?
        /// The column that the reason is about, and its cell.
        var column, cell: String?
        /// What to do about it.
        var remedy: String?
    }

    var campaign: String
    var counts: [String: Int]
    var verdicts: [Verdict]

    /// - Parameters:
    ///   - rows: as they were read.
    ///   - fates: what the import made of them; empty where it had nothing new, because everybody was there before.
    init(campaign: String, rows: ReadContacts, fates: [RowFate], places: [Int: Int]?) {
        self.campaign = campaign
        let known = Dictionary(fates.map { ($0.line, $0) }) { first, second in first.state == nil ? second : first }
        var verdicts: [Verdict] = []
        for row in rows.rows {
            // A row of JSON may have several lines as CSV.
            let place = places.map { $0[row.line] ?? 0 } ?? row.line
            if place > 0 { verdicts.append(Self.verdict(row, at: place, known[row.line])) }
        }
        // Rows without content have no line of their own in a list.
        let told = Set(verdicts.map(\.line))
        verdicts += (places ?? [:]).values.filter { !told.contains($0) }.map { Verdict(line: $0, verdict: .blank) }
        self.verdicts = verdicts.sorted { $0.line < $1.line }
        counts = Dictionary(uniqueKeysWithValues: Word.allCases.map { ($0.rawValue, 0) })
        for verdict in verdicts { counts[verdict.verdict.rawValue, default: 0] += 1 }
        if places == nil { counts[Word.blank.rawValue] = rows.blank }
    }

    private static func verdict(_ row: ReadContacts.Row, at line: Int, _ fate: RowFate?) -> Verdict {
        if let reject = row.reject {
            return Verdict(
                line: line, verdict: .rejected, reason: reject.reason, column: row.column, cell: reject.cell,
                remedy: reject.remedy.english)
        }
        var verdict = Verdict(line: line, verdict: .alreadyInCampaign, phone: row.phone?.text)
        if let duplicate = fate?.duplicate {
            switch duplicate {
            case .repeated: verdict.verdict = .repeated
            case .alreadyInCampaign: break
            case .calledRecently: verdict.verdict = .calledRecently
            }
        } else if let state = fate?.state {
            verdict.verdict = .added
            if state == .excluded {
                verdict.reason = fate?.reason
                verdict.verdict = fate?.reason == ExclusionReason.doNotCall.rawValue ? .blocked : .excluded
            }
        }
        return verdict
    }
}

/// The rows of a list, as an import reads them.
struct ReadContacts: Sendable {
    struct Row: Sendable {
        var line: Int
        /// Nil for a rejected row.
        var phone: PhoneNumber?
        /// Nil for a contact.
        var reject: ListReject?
        /// The column that the rejection is about.
        var column: String?
    }

    private(set) var rows: [Row] = []
    private(set) var blank = 0

    /// Reads a list to its end, or until it has too many rows.
    init(_ list: ListFile, _ reading: ListReader.Options) throws {
        var feed = try ListFeed(list, ByteSource(list), reading)
        while let row = try feed.next() {
            switch row {
            case .contact(let contact):
                if !contact.isExtra { rows.append(Row(line: contact.line, phone: contact.phone)) }
            case .reject(let reject):
                guard !reject.isExtra else { break }
                let columns = feed.list.format?.columns ?? []
                let column = reject.column.flatMap { columns.indices.contains($0 - 1) ? columns[$0 - 1].name : nil }
                rows.append(Row(line: reject.line, reject: ShownCells.withoutCells(reject), column: column))
            case .blank: blank += 1
            }
            guard rows.count + blank <= SentContacts.mostRows else { throw SentContacts.tooMany }
        }
        blank += feed.list.blankLines
    }
}
