import pytest

from voicebot.accounts.grant import GRANTS, Deed, allows
from voicebot.accounts.role import Role


def test_every_role_is_granted_something_and_every_deed_to_somebody():
    assert set(GRANTS) == set(Role)
    assert frozenset().union(*GRANTS.values()) == set(Deed)


def test_only_the_administrator_runs_the_installation():
    assert [role for role in Role if allows(role, Deed.RUN)] == [Role.ADMINISTRATOR]


@pytest.mark.parametrize("deed", [Deed.TAKE_CALLS, Deed.SETTLE_ALERTS, Deed.CHANGE_ROTA])
def test_a_client_and_a_technician_change_nothing(deed):
    assert not allows(Role.CLIENT, deed)
    assert not allows(Role.TECHNICIAN, deed)


def test_a_technician_sees_his_own_duty_and_nobody_elses_calls():
    assert allows(Role.TECHNICIAN, Deed.SEE_OWN_DUTY)
    assert not allows(Role.TECHNICIAN, Deed.SEE_CALLS)
    assert not allows(Role.TECHNICIAN, Deed.HEAR_CALLS)


@pytest.mark.parametrize("role", Role)
def test_everybody_has_his_own_account(role):
    assert allows(role, Deed.OWN_ACCOUNT)
