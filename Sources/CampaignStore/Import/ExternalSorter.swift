/// A number of a contact that has been written: what is sorted.
struct IdentityEntry: Comparable, BitwiseCopyable, Sendable {
    var identity: Int64
    var contact: Int64

    static func < (one: IdentityEntry, other: IdentityEntry) -> Bool {
        (one.identity, one.contact) < (other.identity, other.contact)
    }
}

typealias ExternalSorter = SortedRuns<IdentityEntry>
