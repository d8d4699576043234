/// What the words of a filter mean where it is written: the columns of the lists, numbers without a country, times
/// without a zone.
package struct FilterReading: Sendable {
    /// The contacts' own columns, in the order of their cells.
    package var columns: [String]
    /// Reads numbers to compare with.
    package var phones: PhoneReader
    /// Seconds east of UTC at a moment, for days and times without an offset of their own.
    package var utcOffset: @Sendable (Timestamp) -> Int

    /// A place where a filter is written.
    package init(columns: [String], phones: PhoneReader, utcOffset: @escaping @Sendable (Timestamp) -> Int) {
        self.columns = columns
        self.phones = phones
        self.utcOffset = utcOffset
    }
}
