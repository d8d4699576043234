/// What one webhook says: the common language of the module Webhooks, which reads payloads, and the store, which applies
/// events to calls. Nothing in it is certain until it has been matched with a call.
package struct CallEvent: Hashable, Sendable, Codable {
    package enum Kind: Hashable, Sendable, Codable {
        /// The call went out to WhatsApp; that it rang is not known.
        case delivered
        /// It did not go out, or that is unknown.
        case deliveryFailed(DeliveryFailure)
        /// Something about a call between the instance and a person.
        case call(CallNotification)
        /// The person wrote something, pressed a button, or sent a recording.
        case reply(Reply)
        /// The instance's phone is not connected; with Z-API's reason.
        case disconnected(String?)
        /// It is connected again.
        case connected
        /// Somebody asks WhatsApp for a registration code of the instance's own number: a possible theft.
        case registrationCodeRequested
        /// Anything else; it is kept and counted.
        case other
    }

    package var kind: Kind
    /// The person's phone, as Z-API has it; nil when the payload names none.
    package var phone: PhoneNumber?
    /// The person's `@lid`, when the payload has one.
    package var lid: PhoneNumber?
    /// Ids under which Z-API may know the call, as written in the payload: zaapId, messageId, callId. No particular
    /// order, no empty ones.
    package var ids: [String]
    /// Which of the ids is the zaapId; nil when the payload does not say.
    package var zaapId: String?
    /// Z-API's own error text, for a delivery that failed.
    package var error: String?
    /// The time that the payload gives, if it can be one; nothing may rely on it for order.
    package var at: Timestamp?

    package init(
        _ kind: Kind, phone: PhoneNumber? = nil, lid: PhoneNumber? = nil, ids: [String] = [], error: String? = nil,
        at: Timestamp? = nil
    ) {
        self.kind = kind
        self.phone = phone
        self.lid = lid
        self.ids = ids
        self.error = error
        self.at = at
    }
}

/// What a notification says about a call.
package struct CallNotification: Hashable, Sendable, Codable {
    package enum Phase: String, Sendable, Codable {
        /// It began to ring, or was announced.
        case received
        /// The other side accepted it.
        case accepted
        /// The conversation began.
        case started
        /// It ended, whether or not somebody spoke.
        case ended
        /// Nobody accepted it, or it was rejected.
        case missed
    }

    package enum Direction: String, Sendable, Codable {
        /// From the person to the instance.
        case incoming
        /// From the instance to the person.
        case outgoing
        /// The payload does not say.
        case unknown
    }

    package var phase: Phase
    package var direction: Direction

    package init(phase: Phase, direction: Direction) {
        self.phase = phase
        self.direction = direction
    }
}

/// What a person answered in the chat.
package struct Reply: Hashable, Sendable, Codable {
    package enum Form: String, CaseIterable, Sendable, Codable {
        case text
        /// A pressed button, or an entry chosen from a list.
        case button
        /// A recording, an image or anything else that only a person can read.
        case media
    }

    package var form: Form
    /// What was written or pressed; empty for media without a caption.
    package var text: String

    package init(form: Form, text: String) {
        self.form = form
        self.text = text
    }
}
