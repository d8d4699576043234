/// What WhatsApp knows of a number.
package enum WhatsAppAnswer: Hashable, Sendable {
    /// It has an account; this is the number as WhatsApp writes it.
    case present(PhoneNumber)
    /// It has none.
    case absent
}
