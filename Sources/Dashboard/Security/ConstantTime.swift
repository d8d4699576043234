/// Comparisons that take as long for a wrong secret as for the right one.
enum ConstantTime {
    /// Only the lengths may be told apart by time.
    static func areEqual(_ left: [UInt8], _ right: [UInt8]) -> Bool {
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(into: UInt8(0)) { $0 |= $1.0 ^ $1.1 } == 0
    }
}
