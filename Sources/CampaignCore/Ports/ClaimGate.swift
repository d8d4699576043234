/// A rule by which a contact whose turn has come may have to wait longer, and that depends on whom it is about: the hour
/// where the contact lives.
///
/// It is asked within a transaction, contact by contact: it answers at once, without looking at the database.
package protocol ClaimGate: Sendable {
    /// When a contact may be dialed: nil is now, else the first moment after `now` at which it may. A contact that may
    /// never be dialed gets a moment that is far off, not nil.
    func opening(of phone: PhoneNumber, at now: Timestamp) -> Timestamp?
}
