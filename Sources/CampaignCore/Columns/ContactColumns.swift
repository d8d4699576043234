/// What a column of a contact list can be. The raw value is the key under `columns` in campaign.yml.
package enum ContactColumn: String, Hashable, Sendable, CaseIterable {
    /// The number to call; every list has it.
    case phone
    /// The person's name.
    case name
    /// How many seconds to ring.
    case callDuration
    /// Address of the sound to play.
    case callAudioUrl
    /// When the contact may be called at the earliest.
    case notBefore
    /// The number's area code, where it has its own column.
    case ddd
    /// The number's country calling code, where it has its own column.
    case ddi
}

/// Where in a record the things are that a campaign needs. Indices are 0-based.
package struct ContactColumns: Hashable, Sendable {
    /// The number to call.
    package var phone: Int
    /// Further numbers of the same person, in the order in which the user named their columns.
    package var furtherPhones: [Int] = []
    /// The names of the columns of all phones, where there are several.
    package var phoneNames: [String] = []
    /// The person's name; nil when the list has none.
    package var name: Int?
    /// Seconds to ring; nil when the list has none.
    package var callDuration: Int?
    /// Address of the sound to play; nil when the list has none.
    package var callAudioUrl: Int?
    /// Date and time before which the contact is not called; nil when the list has none.
    package var notBefore: Int?
    /// Area code (DDD) of the number; nil when it has no separate column.
    package var ddd: Int?
    /// Country calling code (DDI) of the number; nil when it has no separate column.
    package var ddi: Int?
    /// The names of columns that may be something else than their place says: `área` an area code or square meters,
    /// `código do país` a calling code or a program's own number. They are not read, only respected.
    package var unsure: [ContactColumn: String] = [:]

    package init(phone: Int, name: Int? = nil, callDuration: Int? = nil, callAudioUrl: Int? = nil) {
        self.phone = phone
        self.name = name
        self.callDuration = callDuration
        self.callAudioUrl = callAudioUrl
    }

    /// The columns of all phones, in their order.
    package var phones: [Int] { [phone] + furtherPhones }

    /// The place of a column, of several phones the first one's; nil when the list has none of that kind.
    package subscript(column: ContactColumn) -> Int? {
        switch column {
        case .phone: phone
        case .name: name
        case .callDuration: callDuration
        case .callAudioUrl: callAudioUrl
        case .notBefore: notBefore
        case .ddd: ddd
        case .ddi: ddi
        }
    }
}
