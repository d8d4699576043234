import CampaignCore
import GRDB

/// What holds for a number holds for those that stand beside it in a row (``StopList``), also where only the replaced
/// database knows that row. The row itself is not carried over: nobody is called on a number that the copy does not have.
extension CarryOver {
    /// Blocks the numbers that stood beside one of the list, unless the copy does not call them anyway.
    mutating func carryBlocksBeside() throws {
        // Once for each number of the list: contact_phone_by_identity; then by primary key, and the contact by row.
        let beside = try Row.fetchCursor(
            source,
            sql: """
                SELECT other.identity, other.phone, block.reason, block.blocked_at FROM block
                CROSS JOIN contact_phone AS named ON named.identity = block.identity
                CROSS JOIN contact ON contact.id = named.contact_id
                CROSS JOIN contact_phone AS other ON other.contact_id = named.contact_id
                WHERE other.identity <> block.identity
                """)
        while let entry = try beside.next() {
            let other: Int64 = try entry.decode(atIndex: 0)
            guard try !StopList.block.stops(target, number: other) else { continue }
            if try block(entry, other, phone: entry.decode(atIndex: 1)) { carried.blocksBeside += 1 }
        }
    }

    /// These numbers, and those that stood beside them only in rows of the source.
    func withThoseBeside(_ identities: [Int64]) throws -> [Int64] {
        let known = try ContactPhones.besides(target, identities)
        let others = try ContactPhones.besides(source, identities)
        return PersonNumbers.sorted(Set(others).subtracting(known).union(identities))
    }
}
