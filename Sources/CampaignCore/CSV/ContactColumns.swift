/// What a column of a contact list can be. The raw value is the key under `columns` in campaign.yml.
public enum ContactColumn: String, Hashable, Sendable, CaseIterable {
    /// The number to call; every list has it.
    case phone
    /// The person's name.
    case name
    /// How many seconds to ring.
    case callDuration
    /// Link to the sound to play.
    case callAudioUrl
}

/// Where in a record the things are that a campaign needs. Indices are 0-based.
public struct ContactColumns: Hashable, Sendable {
    /// The number to call.
    public var phone: Int
    /// The person's name; nil when the list has none.
    public var name: Int?
    /// Seconds to ring; nil when the list has none.
    public var callDuration: Int?
    /// Link to the sound to play; nil when the list has none.
    public var callAudioUrl: Int?

    /// Columns by their place.
    public init(phone: Int, name: Int? = nil, callDuration: Int? = nil, callAudioUrl: Int? = nil) {
        self.phone = phone
        self.name = name
        self.callDuration = callDuration
        self.callAudioUrl = callAudioUrl
    }
}
