import Values

extension SignIn {
    /// The limits of sign-in. The standing values suit a body of 58,000 people, most behind a few shared addresses.
    package struct Settings: Hashable, Sendable {
        /// Without a request for so long, a session ends.
        package var idle: Duration = .minutes(60)
        /// So long after sign-in a session ends in any case.
        package var absolute: Duration = .hours(12)
        /// How often the last use is written down, and so how exact `idle` is.
        package var seenEvery: Duration = .minutes(1)
        package var renewAfter: Duration = .minutes(15)
        /// So long the old token is still good once the new one has been used: for requests on their way.
        package var grace: Duration = .minutes(1)
        /// For one username from one address.
        package var pair = Patience(free: 5, first: .seconds(2), longest: .minutes(15))
        /// For one username from an address where its person has signed in before; nothing else slows her there.
        package var usual = Patience(free: 5, first: .seconds(1), longest: .minutes(1))
        /// For one username from anywhere.
        package var account = Patience(free: 20, first: .seconds(5), longest: .minutes(15))
        /// For one address; thousands may share it.
        package var address = Patience(free: 100, first: .seconds(2), longest: .minutes(15))
        /// After so long without a wrong try all is forgotten.
        package var forgetAfter: Duration = .hours(24)
        /// An address counts as usual for so long after a sign-in from it.
        package var usualFor: Duration = .days(90)
        package var cost = HashCost()
        package var hashThreads = 2
        /// So many passwords are looked at or wait at most; 64 wait less than two seconds on two cores.
        package var hashLine = 64

        package init() {}
    }
}
