package import CampaignCore

/// Rows of a list, converted to the form that the database stores. The conversion is half of an import's work and needs
/// no database, so another thread can do it.
package struct PreparedRows: Sendable {
    struct Contact {
        var line: Int
        var phone: PhoneNumber
        var identity: Int64
        var callDuration: Int?
        var isExtra: Bool
        /// Where its cells end in `own`; they begin where those of the previous contact end.
        var ownEnd: Int
    }

    /// What few lists say about a contact.
    struct Wishes {
        var callAudioURL: String?
        var notBefore: Timestamp?
    }

    /// When a number's own clock shows a time.
    package typealias Clock = @Sendable (LocalTime, PhoneNumber) -> Timestamp

    private(set) var contacts: [Contact] = []
    /// By the index of the contact; most lists have none. Kept apart, so that the others are copied like plain numbers.
    private(set) var wishes: [Int: Wishes] = [:]
    /// The further numbers of contacts, by their index; most lists have none.
    private(set) var further: [Int: [PhoneNumber]] = [:]
    /// The cells of all contacts, one JSON array each.
    private(set) var own: [UInt8] = []
    private(set) var rejects: [ListReject] = []
    private(set) var blanks = 0
    private var rejectedBytes = 0

    private let clock: Clock

    /// No rows yet.
    ///
    /// - Parameter clock: reads the times of a list; by default as late as they are anywhere, so that nobody is called
    ///   too early.
    package init(clock: @escaping Clock = { time, _ in time.latestMoment }) {
        self.clock = clock
    }

    /// The number of rows.
    package var count: Int { contacts.count + rejects.count + blanks }

    /// About as much memory as the rows take. A rejected row may be as wide as a sheet, and most lists have a few.
    package var bytes: Int { own.count + contacts.count * MemoryLayout<Contact>.stride + rejectedBytes }

    /// Adds a row of a list.
    package mutating func append(_ row: ListRow) {
        switch row {
        case .blank: blanks += 1
        case .reject(let reject):
            rejects.append(reject)
            rejectedBytes +=
                reject.raw.count + reject.own.reduce(0) { $0 + MemoryLayout<String>.stride + $1.utf8.count }
        case .contact(let contact):
            CellsJSON.append(contact.cells, to: &own)
            if let wishes = contact.wishes {
                self.wishes[contacts.count] = Wishes(
                    callAudioURL: wishes.callAudioURL, notBefore: wishes.notBefore.map { clock($0, contact.phone) })
            }
            if !contact.further.isEmpty { further[contacts.count] = contact.further }
            contacts.append(
                Contact(
                    line: contact.line, phone: contact.phone, identity: contact.phone.identity,
                    callDuration: contact.callDuration, isExtra: contact.isExtra, ownEnd: own.count))
        }
    }

    /// The range of a contact's cells in `own`.
    func ownRange(_ index: Int) -> Range<Int> {
        (index == 0 ? 0 : contacts[index - 1].ownEnd)..<contacts[index].ownEnd
    }
}
