/// To whom values are shown, as far as that changes them.
package struct Viewer: Hashable, Sendable {
    /// Whether phones are shown in full.
    package var seesPhones: Bool
    /// The IANA name of the zone in which times are told; nil: the campaign's, or the machine's.
    package var timeZone: String?

    package init(seesPhones: Bool, timeZone: String? = nil) {
        (self.seesPhones, self.timeZone) = (seesPhones, timeZone)
    }

    init(_ request: DashboardRequest) {
        self.init(seesPhones: request.seesPhones, timeZone: request.timeZone)
    }
}
