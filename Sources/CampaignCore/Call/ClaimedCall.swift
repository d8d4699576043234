/// A call whose intent is on disk: it may be dialed now.
package struct ClaimedCall: Hashable, Sendable {
    /// The attempt whose intent is on disk.
    package var attempt: AttemptID
    /// The number to call.
    package var phone: PhoneNumber
    /// The contact's own ring duration in seconds, 1…15; nil means the campaign's.
    package var callDuration: Int?
    /// The address of the contact's own sound; nil means the campaign's.
    package var callAudioURL: String?
    /// The instance's number.
    package var instance: Int
    /// Attempts of this contact that count, before this one.
    package var triesUsed: Int
    /// Throttles in a row of this contact, before this one.
    package var throttlesInARow: Int
    /// How the call was counted for the limits of its instance.
    package var count: LimitCount?

    package init(
        attempt: AttemptID,
        phone: PhoneNumber,
        callDuration: Int?,
        instance: Int,
        tries: (used: Int, throttlesInARow: Int)
    ) {
        self.attempt = attempt
        self.phone = phone
        self.callDuration = callDuration
        self.instance = instance
        triesUsed = tries.used
        throttlesInARow = tries.throttlesInARow
    }
}

/// Identifies an attempt: the contact's row id and the attempt's number, from 1.
package struct AttemptID: Hashable, Sendable, Codable {
    /// The contact's row id in the database.
    package var contact: Int64
    /// 1 for the contact's first attempt.
    package var number: Int

    package init(contact: Int64, number: Int) {
        self.contact = contact
        self.number = number
    }
}

/// How a call was counted toward the limits of its instance, so that the count can be reversed if it was not placed.
package struct LimitCount: Hashable, Sendable, Codable {
    /// The time that it counts for.
    package var at: Timestamp
    /// Whether it was the first call of its instance to that person.
    package var isNewRecipient: Bool

    package init(at: Timestamp, isNewRecipient: Bool) {
        self.at = at
        self.isNewRecipient = isNewRecipient
    }
}
