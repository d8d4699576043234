/// What the words of a filter mean where it is written: the columns of the lists, numbers without a country, times
/// without a zone.
public struct FilterReading: Sendable {
    /// The contacts' own columns, in the order of their cells.
    public var columns: [String]
    /// Reads numbers to compare with.
    public var phones: PhoneReader
    /// Seconds east of UTC at a moment, for days and times without an offset of their own.
    public var utcOffset: @Sendable (Timestamp) -> Int

    /// A place where a filter is written.
    public init(columns: [String], phones: PhoneReader, utcOffset: @escaping @Sendable (Timestamp) -> Int) {
        self.columns = columns
        self.phones = phones
        self.utcOffset = utcOffset
    }
}
