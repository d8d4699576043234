/// Which version of the program this is.
package enum ProductVersion {
    /// As `discador --version` says it, and copies that are kept at an upgrade.
    package static let current = "0.2.0"

    /// How the program introduces itself to servers.
    package static let userAgent = "discador/\(current)"
}
