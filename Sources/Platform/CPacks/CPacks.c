#include "CPacks.h"
int yagura_CPacks_placeholder(void){return 0;}
