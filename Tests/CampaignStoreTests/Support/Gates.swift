import CampaignCore

/// Lets every other number of the sample wait until a moment: the first, the third and so on.
struct EveryOther: ClaimGate {
    let opensAt: Timestamp

    func opening(of phone: PhoneNumber, at now: Timestamp) -> Timestamp? {
        phone.value.isMultiple(of: 2) && now < opensAt ? opensAt : nil
    }
}

/// Makes everyone wait.
struct NobodyBefore: ClaimGate {
    let opensAt: Timestamp

    func opening(of phone: PhoneNumber, at now: Timestamp) -> Timestamp? {
        now < opensAt ? opensAt : nil
    }
}

/// Does something in the middle of the transaction that asks.
struct ActingGate: ClaimGate {
    let act: @Sendable () -> Void

    func opening(of phone: PhoneNumber, at now: Timestamp) -> Timestamp? {
        act()
        return nil
    }
}
