"""Who may do what: roles, invitations, and whose name stands under a change."""
